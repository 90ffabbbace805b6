"""The page of each step, with everything it shows."""

from flask import current_app, render_template

from app.dataflows import checking, questions, sending, suggesting, versions
from app.dataflows.models import Dataflow, ProfileStatus
from app.dataflows.remembering import Memory
from app.drafts import queries as draft_queries
from app.quarantine import queries as quarantine
from app.runs import queries as run_queries
from app.streams import queries as streams
from app.streams.forms import UploadForm
from app.streams.models import FileKind
from app.tabular.transformations.registry import KINDS, kinds_by_group
from wizard import checklist, column_pages, entries, file_columns, reading_options, refusals, steps


def step(slug: str, dataflow: Dataflow, template: str | None = None, *, form, **values):
    return render_template(
        template or f"wizard/{slug.replace('-', '_')}.html",
        dataflow=dataflow,
        steps=steps.rail(dataflow, slug),
        back=steps.before(slug),
        checklist=checklist.items(dataflow),
        form=form,
        memory=None if dataflow.activated_at else Memory.from_dict(dataflow.memory),
        memory_question=questions.before_starting_without_memory(dataflow),
        **values,
    ), refusals.status(form, *values.values())


def general_information(dataflow: Dataflow, form):
    return step(
        "general-information",
        dataflow,
        form=form,
        delete_question=questions.before_deleting(dataflow),
    )


def download(dataflow: Dataflow, form, unreadable=None):
    return step(
        "download",
        dataflow,
        form=form,
        upload_form=UploadForm(formdata=None),
        files=streams.list_files(dataflow.stream_pk, FileKind.DRAFT),
        unreadable=unreadable,
        **_commands(dataflow, FileKind.DRAFT),
    )


def file_mapping(dataflow: Dataflow, form, columns_form=None, *, options=None, first=None):
    """Return step 3; `options` not yet saved are only previewed, from line `first` on."""
    is_parsed = dataflow.profile_status is ProfileStatus.DONE
    column_page = column_pages.of_file(dataflow)
    return step(
        "file-mapping",
        dataflow,
        form=form,
        columns_form=columns_form or file_columns.form_of(dataflow),
        column_page=column_page,
        profiles=draft_queries.profiles(column_page.columns),
        groups=reading_options.groups(form, dataflow.recognition or {}, is_confirmed=is_parsed),
        alternatives=(dataflow.recognition or {}).get("alternatives", []),
        preview=_preview(dataflow, options, first),
        is_tried=options is not None,
        first=first,
        is_parsing=dataflow.profile_status is ProfileStatus.QUEUED,
        is_parsed=is_parsed,
    )


def _preview(dataflow: Dataflow, options, first):
    return draft_queries.preview(
        dataflow,
        options or draft_queries.options_of(dataflow),
        first=first,
        read_up_to=current_app.config["PARSE_IN_REQUEST_BYTES"],
    )


def transform_map(dataflow: Dataflow, form, entered=None):
    listed = column_pages.of_step(dataflow)
    return step(
        "transform-map",
        dataflow,
        form=form,
        leftovers=checking.leftovers(dataflow, dataflow.schema),
        keeps_what_lacks=draft_queries.options_of(dataflow).format.has_absent_values,
        listed=listed,
        names=suggesting.column_types(dataflow) if entries.is_wide(dataflow) else {},
        previews=draft_queries.conversion_previews(dataflow, listed.columns.columns, entered),
        made=draft_queries.transformation_previews(dataflow),
        kinds=kinds_by_group(),
        kind_labels={name: kind.label for name, kind in KINDS.items()},
    )


def activate(dataflow: Dataflow, form, trial, missing):
    return step(
        "activate",
        dataflow,
        form=form,
        trial=trial,
        is_current=trial is not None and trial.definition_version == dataflow.version,
        has_expired=trial is not None and run_queries.has_plan_expired(trial),
        rules=quarantine.count_rejects_by_rule(trial.id) if trial else [],
        rejects=quarantine.list_rejects(trial.id) if trial else [],
        missing=missing,
        changes=versions.draft_changes(dataflow),
        question=questions.before_activating(dataflow),
        leftovers=checking.leftovers(dataflow, dataflow.schema),
        **_commands(dataflow, FileKind.PRODUCTION),
    )


def _commands(dataflow: Dataflow, kind: FileKind):
    parent = dataflow.schema.parent if dataflow.schema else None
    *exports, curl = sending.commands(dataflow.stream.stream_id, kind, parent, current_app.config)
    return {"exports": exports, "curl": curl}
