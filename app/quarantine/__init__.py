"""The feature `quarantine`: rejected rows, looked through, corrected and taken up again."""
