"""Who is in an audience, by plain loops over plain values: an oracle without any code of ours.

Written from docs/audiences.md alone. A world is a dictionary: `now`, `zone` (a name), `events`
(dictionaries), `rows` ({(schema, column): {person: value}}), `types` of the same keys, `people`,
and `audiences` ({id: {"name", "zone", "tree" or "list"}}).
"""

from hashlib import md5

from tests.unit.audiences import naive_events, naive_figures, naive_values

_LARGEST = 2**128 - 1


def everybody(world):
    """Return the ids of all people: of a row in a dataset, or of an event."""
    found = {person for column in world["rows"].values() for person in column}
    return found | {each["person_id"] for each in world["events"] if each["person_id"] is not None}


def members(raw, world):
    """Return the ids of the people in a tree of JSON."""
    return {person for person in everybody(world) if is_in(raw, person, world)}


def is_in(raw, person, world):
    """Tell whether a person meets a node."""
    ((kind, given),) = raw.items()
    if kind == "all":
        return all(is_in(member, person, world) for member in given)
    if kind == "any":
        return any(is_in(member, person, world) for member in given)
    if kind == "none":
        return not any(is_in(member, person, world) for member in given)
    if kind in ("did", "did_not"):
        return naive_events.has_done(given, person, world) is (kind == "did")
    if kind == "have":
        return _has(given, person, world)
    if kind in ("in", "not_in"):
        return _is_of_audience(given, person, world) is (kind == "in")
    return _is_of_part(given, person)


def _has(given, person, world):
    if "aggregate" in given:
        return naive_figures.fits(given, person, world)
    key = attribute_key(given["attribute"], world)
    value = world["rows"][key].get(person)
    return naive_values.column_fits(value, world["types"][key], given, world)


def attribute_key(given, world):
    """Return the schema and column of an attribute, of which the schema may be left out."""
    if isinstance(given, dict) and given.get("schema"):
        return given["schema"], given["column"]
    name = given if isinstance(given, str) else given["column"]
    (key,) = [key for key in world["rows"] if key[1] == name]
    return key


def _is_of_audience(reference, person, world):
    known = world["audiences"].get(reference)
    if known is None:
        known = next(each for each in world["audiences"].values() if each["name"] == reference)
    if "list" in known:
        return person in known["list"]
    return is_in(known["tree"], person, {**world, "zone": known["zone"]})


def _is_of_part(given, person):
    digest = int(md5(f"{person}\n{given['name']}".encode()).hexdigest(), 16)
    # In hundredths of a per cent, so that whole numbers are compared.
    low, high = (round(float(given[end]) * 100) * _LARGEST for end in ("from", "to"))
    return low <= digest * 10_000 < high
