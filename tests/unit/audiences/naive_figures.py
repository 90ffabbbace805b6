"""Figures over what a person did."""

from fractions import Fraction

from tests.unit.audiences import naive_events, naive_values

NUMBERS = ("count", "sum", "avg", "min", "max")


def fits(given, person, world):
    """Tell whether a person's figure fits."""
    about, operator, wanted = given["aggregate"], given["op"], given.get("value")
    figure = figure_of(about, person, world)
    if about["function"] not in NUMBERS:
        return naive_values.fits(figure, operator, "" if wanted is None else wanted, world)
    if operator in naive_values.OPPOSITES:
        return not fits({**given, "op": naive_values.OPPOSITES[operator]}, person, world)
    if operator == "is_not_empty":
        return figure is not None
    return number_fits(figure, operator, wanted)


def number_fits(figure, operator, wanted):
    """Compare exactly: a fraction is not rounded first."""
    if figure is None:
        return False
    several = wanted if operator == "between" else [wanted]
    limits = [Fraction(naive_values.number(naive_values.said(each))) for each in several]
    return {
        "is": figure == limits[0],
        "at_least": figure >= limits[0],
        "at_most": figure <= limits[0],
        "more_than": figure > limits[0],
        "less_than": figure < limits[0],
        "between": limits[0] <= figure <= limits[-1],
    }[operator]


def figure_of(about, person, world):
    """Return a figure: a fraction, a text, or None where there is none."""
    own = [each for each in world["events"] if each["person_id"] == person]
    windowed = naive_events.in_window(own, about.get("when"), person, world)
    found = [each for each in windowed if naive_events.matches(each, about, person, world)]
    name, function = about.get("property") or "amount", about["function"]
    if function == "count":
        return Fraction(len(found))
    values = [(each, naive_events.value_of(each, name)) for each in found]
    if function not in NUMBERS:
        return _chosen(function, [(each, value) for each, value in values if value is not None])
    numbers = [naive_values.number(value) for _event, value in values]
    fractions = [Fraction(each) for each in numbers if each is not None]
    if function == "sum":
        return sum(fractions, Fraction())
    if not fractions:
        return None
    if function == "avg":
        return sum(fractions) / len(fractions)
    return min(fractions) if function == "min" else max(fractions)


def _chosen(function, values):
    if not values:
        return None
    if function != "top":
        ordered = sorted(values, key=lambda one: naive_events.place_of(one[0]))
        return ordered[0 if function == "first" else -1][1]
    best = {}
    for event, value in values:
        many, last = best.get(value, (0, event["occurred_at"]))
        best[value] = many + 1, max(last, event["occurred_at"])
    most = max(best.values())
    return min(value for value, found in best.items() if found == most)
