"""Who is in an audience: its tree compiled to one Ibis expression over what is known of people."""

from typing import Any, cast

import ibis.expr.types as ir

from app.audiences.compiling import comparing, figures, frequencies, sequences
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People, in_all, in_any
from app.audiences.tree.conditions import (
    Attribute,
    Did,
    Group,
    GroupKind,
    Have,
    In,
    Node,
    Split,
)
from app.audiences.tree.operators import operators_of
from app.audiences.tree.values import ValueUnfit
from app.people.world import PERSON

# So many hundredths of a per cent are all people.
_PARTS, _DIGITS = 10_000, 12


def members(tree: Group, question: Question) -> ir.Table:
    """Return the people in the audience, each once, as a table of person_id.

    Raises AttributeUnknown, AudienceUnknown, AudienceInItself or ValueUnfit.
    """
    return people(tree, question).among(question.world.people)


def people(node: Node, question: Question) -> People:
    """Return who meets a condition or a group; raises as `members` does."""
    match node:
        case Group():
            return _group(node, question)
        case Did():
            return _did(node, question)
        case Have():
            return _have(node, question)
        case In():
            found = _in(node.audience, question)
            return found.others() if node.is_negated else found
        case Split():
            return People(_part(node, question))


def _group(group: Group, question: Question) -> People:
    parts = [people(member, question) for member in group.members]
    if group.kind is GroupKind.ALL:
        return in_all(parts)
    either = in_any(parts)
    return either.others() if group.kind is GroupKind.NONE else either


def _did(did: Did, question: Question) -> People:
    if did.steps:
        found = sequences.those_who_did(question, did)
    else:
        found = frequencies.those_who_did(question, did)
    return found.others() if did.is_negated else found


def _have(have: Have, question: Question) -> People:
    subject = have.subject
    if not isinstance(subject, Attribute):
        return figures.those_who_have(question, have, subject)
    column = question.vocabulary.column(subject)
    if have.operator not in operators_of(column.type):
        said = f"{subject.column} cannot be compared by “{have.operator.label}”."
        raise ValueUnfit(f"{said} It is of the type {column.type.word}.")
    rows = question.world.datasets[column.schema_id]
    fits = comparing.fits(rows[column.field_name], column.type, have.operator, have.value, question)
    # Who is in no row has nothing.
    if have.operator.fits_nothing:
        return People(rows.filter(~fits).select(PERSON), is_rest=True)
    return People(rows.filter(fits).select(PERSON))


def _in(reference: str, question: Question) -> People:
    known = question.vocabulary.audience(reference)
    if known.tree is None:
        listed = question.world.audiences[known.public_id].select(PERSON)
        # A list may have somebody of whom nothing else is known; no condition is asked of them.
        return People(cast("ir.Table", listed.semi_join(question.world.people, PERSON)))
    return people(known.tree, question.within(known))


def _part(split: Split, question: Question) -> ir.Table:
    """Return the people whose digest, as a fraction, lies within the part."""
    everybody = question.world.people
    digest = question.dialect.digest(everybody[PERSON] + f"\n{split.name}")
    beginning: Any = digest.substr(0, _DIGITS)
    low, high = (_threshold(each) for each in (split.low, split.high))
    within = beginning >= low
    if high is not None:
        within &= beginning < high
    return cast("ir.Table", everybody.filter(within))


def _threshold(per_cent: float) -> str | None:
    """Return the digits that a digest of this fraction begins with; None for all of them."""
    parts = round(per_cent * _PARTS / 100)
    if parts >= _PARTS:
        return None
    return f"{parts * 16**_DIGITS // _PARTS:0{_DIGITS}x}"
