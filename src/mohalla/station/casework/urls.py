"""Addresses of the desk, under `/desk/`."""

from __future__ import annotations

from django.urls import path

from mohalla.station.casework.views import (
    case,
    decisions,
    ending,
    export,
    files,
    filing,
    moving,
    queue,
    reading,
    records,
    search,
    shortage,
    speaking,
)

app_name = "desk"
_CASE = "cases/<str:reference>/"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("handover/", queue.shift, name="shift"),
    path("search/", search.search, name="search"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("purpose/", reading.purpose, name="purpose"),
    path("readings/", reading.overview, name="readings"),
    path("shortage/", shortage.shortage, name="shortage"),
    path("export.xlsx", export.export, name="export"),
    path(_CASE, case.case, name="case"),
    path(_CASE + "print", case.paper, name="print"),
    path(_CASE + "files/<uuid:key>", files.shown, name="file"),
    path(_CASE + "files/<uuid:key>/original", files.original, name="original"),
    path(_CASE + "alarm", filing.alarm, name="alarm"),
    path(_CASE + "contact", speaking.contact, name="contact"),
    path(_CASE + "message", speaking.message, name="message"),
    path(_CASE + "record", records.record, name="record"),
    path(_CASE + "diary", records.diary, name="diary"),
    path(_CASE + "refusal", records.refusal, name="refusal"),
    path(_CASE + "letter", records.letter, name="letter"),
    path(_CASE + "stage", records.stage, name="stage"),
    path(_CASE + "route", moving.route, name="route"),
    path(_CASE + "classification", moving.classification, name="classification"),
    path(_CASE + "take", moving.take, name="take"),
    path(_CASE + "handover", moving.handover, name="handover"),
    path(_CASE + "outcome", ending.outcome, name="outcome"),
    path(_CASE + "second", ending.second, name="second"),
    path(_CASE + "withdrawal", ending.withdrawal, name="withdrawal"),
    path(_CASE + "callback", ending.callback, name="callback"),
    path(_CASE + "again", ending.again, name="again"),
    path(_CASE + "objection", ending.objection, name="objection"),
    path(_CASE + "note", filing.note, name="note"),
    path(_CASE + "link", filing.link, name="link"),
    path(_CASE + "merge", filing.merge, name="merge"),
]
