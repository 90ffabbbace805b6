"""Why a person is in an audience, or is not: the tree with what was found at every node."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.audiences.compiling.question import Question
from app.audiences.explaining import chains, courses, events, foreseeing, standing
from app.audiences.explaining.courses import Course
from app.audiences.explaining.explanation import Evidence, Explanation, Told
from app.audiences.explaining.foreseeing import Life
from app.audiences.tree import sentences
from app.audiences.tree.conditions import (
    Attribute,
    Did,
    Group,
    GroupKind,
    Have,
    In,
    Leaf,
    Node,
    Split,
)
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import AttributeUnknown, AudienceInItself, AudienceUnknown
from app.lake import logs
from app.lake.engine import Session

PROBLEMS = (AttributeUnknown, AudienceUnknown, AudienceInItself, ValueUnfit)
Found = tuple[Told, Course]


def explained(tree: Group, question: Question, session: Session, person_id: str) -> Explanation:
    """Return why a person is in an audience; the question is asked of a world of them alone.

    What cannot be asked is said at its node, and the rest is explained.
    """
    zone = question.zone.key
    everybody = question.world.people.limit(1)
    if not logs.frame(session, everybody).num_rows:
        return Explanation(person_id, question.now, zone, None)
    explainer = _Explainer(foreseeing.lived(question, session), person_id, _names(question))
    told, _course = explainer.node(tree, question, "n")
    return Explanation(person_id, question.now, zone, decided(told, is_deciding=True))


def decided(told: Told, *, is_deciding: bool) -> Told:
    """Return a node with which of the nodes below decide."""
    if not told.is_group:
        return replace(told, decides=is_deciding)
    own = courses.deciding(GroupKind(told.kind), [each.is_met for each in told.members])
    members = (
        decided(each, is_deciding=is_deciding and decides)
        for each, decides in zip(told.members, own, strict=True)
    )
    return replace(told, decides=is_deciding, members=tuple(members))


def _names(question: Question) -> Mapping[str, str]:
    return {each.public_id: each.name for each in question.vocabulary.audiences.values()}


@dataclass(frozen=True)
class _Explainer:
    """Explains nodes, of one person; each with how it will stand."""

    life: Life
    person_id: str
    names: Mapping[str, str]

    def node(self, node: Node, question: Question, path: str) -> Found:
        """Return a node with all below it."""
        if isinstance(node, Group):
            return self._group(node, question, path)
        try:
            if isinstance(node, In):
                return self._in(node, question, path)
            return self._leaf(node, question, path)
        except PROBLEMS as failure:
            told = Told(path, _kind(node), self._said(node), None, problem=str(failure))
            return told, Course(None)

    def _group(self, group: Group, question: Question, path: str) -> Found:
        found = [
            self.node(member, question, f"{path}.{place}")
            for place, member in enumerate(group.members)
        ]
        course = courses.of_group(group.kind, [each for _told, each in found])
        members = tuple(told for told, _course in found)
        told = self._told(group, path, course, members=members)
        return told, course

    def _leaf(self, leaf: Leaf, question: Question, path: str) -> Found:
        is_met = foreseeing.is_true(leaf, question, self.life.session)
        course = foreseeing.course(leaf, question, self.life, is_met)
        evidence = _evidence(leaf, question, self.life.session, self.person_id)
        return self._told(leaf, path, course, evidence), course

    def _in(self, node: In, question: Question, path: str) -> Found:
        """Explain the other audience in its own time zone, or say how its list has the person."""
        known = question.vocabulary.audience(node.audience)
        if known.tree is None:
            return self._listed(node, known.public_id, question, path)
        other, course = self.node(known.tree, question.within(known), f"{path}.in")
        course = course.turned() if node.is_negated else course
        words = {True: "They are", False: "They are not", None: "It is not known whether they are"}
        found = f"{words[other.is_met]} in “{known.name}”."
        evidence = Evidence(found=found, change="It changes as that audience does.")
        members = (decided(other, is_deciding=True),)
        return self._told(node, path, course, evidence, members), course

    def _listed(self, node: In, public_id: str, question: Question, path: str) -> Found:
        rows = question.world.audiences.get(public_id)
        if rows is None:
            raise AudienceUnknown("The list of that audience cannot be read here.")
        found = logs.frame(self.life.session, rows).to_pylist()
        since = next((row.get("since") for row in found), None)
        told = "They are on the list." if found else "They are not on the list."
        if since is not None:
            told = f"They are on the list since {since:%Y-%m-%d %H:%M} UTC."
        course = Course(bool(found) != node.is_negated)
        change = "The list would have to be changed."
        return self._told(node, path, course, Evidence(found=told, change=change)), course

    def _told(
        self,
        node: Node,
        path: str,
        course: Course,
        evidence: Evidence | None = None,
        members: tuple[Told, ...] = (),
    ) -> Told:
        return Told(
            path=path,
            kind=_kind(node),
            sentence=self._said(node),
            is_met=course.now,
            evidence=evidence or Evidence(),
            members=members,
            changes_at=course.changes_at,
            known_until=course.known_until,
        )

    def _said(self, node: Node) -> str:
        if isinstance(node, Group):
            return _GROUPS[node.kind]
        said = sentences.phrase(node, self.names)
        return f"{said[:1].upper()}{said[1:]}"


def _evidence(leaf: Leaf, question: Question, session: Session, person_id: str) -> Evidence:
    if isinstance(leaf, Split):
        return standing.of_split(leaf, person_id)
    if isinstance(leaf, Have):
        if isinstance(leaf.subject, Attribute):
            return standing.of_attribute(leaf, leaf.subject, question, session)
        return standing.of_figure(leaf, leaf.subject, question, session)
    if not isinstance(leaf, Did):
        raise AssertionError(leaf)
    if leaf.steps:
        return chains.of_sequence(leaf, question, session)
    if leaf.place is not None:
        return events.of_place(leaf, question, session)
    return events.of_frequency(leaf, question, session)


def _kind(node: Node) -> str:
    if isinstance(node, Group):
        return node.kind.value
    if isinstance(node, Did | In) and node.is_negated:
        return "did_not" if isinstance(node, Did) else "not_in"
    return type(node).__name__.lower()


_GROUPS = {
    GroupKind.ALL: "All of these",
    GroupKind.ANY: "At least one of these",
    GroupKind.NONE: "None of these",
}
