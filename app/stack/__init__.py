"""Starts and ends everything Headwater consists of, as one process tree.

`python -m app.stack` is what `make run` calls. A test or a demonstration holds the same tree as a
context, on a folder and a port of its own (0 takes a free one):

    with Stack(data_dir=folder, port=0) as stack:
        requests.get(stack.url)
"""
