"""Official files, by page: what is loaded, a file looked at, a file loaded. For who hosts the instance."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.accounts.http import PersonRequest
from comptoir.analysis.errors import InputError
from comptoir.kit import files
from comptoir.kit.errors import Invalid
from comptoir.spaces.models import Job, JobState
from comptoir.territories import rules
from comptoir.territories.actions import JOB, load_official, queue_official
from comptoir.territories.forms import OfficialFileForm
from comptoir.territories.loading import LABELS, prepare, read_files
from comptoir.territories.models import OfficialSource, ReceivedFile

SALT = "territories.official"
HOURS = 24
SAMPLE = 10
LONG = 500  # rows that a request does not load itself
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: PersonRequest) -> HttpResponse:
    """The files that are loaded. A file that is sent is shown before anything is done with it."""
    rules.must_load(request.user)
    form = OfficialFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        content = sent.read()
        try:
            return _preview(request, sent.name, content)
        except InputError as error:
            form.add_error("file", str(error))
    known = [(source, LABELS.get(source.level, source.level)) for source in OfficialSource.objects.all()[:SHOWN]]
    running = Job.objects.filter(space=None, kind=JOB, state__in=(JobState.QUEUED, JobState.RUNNING))
    context = {"form": form, "sources": known, "running": running.order_by("pk")}
    return render(request, "territories/sources.html", context, status=422 if form.errors else 200)


def _preview(request: PersonRequest, name: str, content: bytes) -> HttpResponse:
    found = read_files([(name, content)])
    loading = prepare(found)
    read = found[0].read
    token = signing.dumps({"name": name, "digest": files.put(content), "rows": read.count}, salt=SALT)
    context = {
        "loading": loading,
        "read": read,
        "level": LABELS[read.level.value],
        "sample": read.named[:SAMPLE],
        "token": token,
        "before": OfficialSource.objects.filter(digest=found[0].digest).first(),
    }
    return render(request, "territories/source_preview.html", context)


@require_POST
def source_load(request: PersonRequest) -> HttpResponse:
    """Loads the file that was shown; a long one is left to the worker."""
    rules.must_load(request.user)
    try:
        sent = signing.loads(request.POST.get("file", ""), salt=SALT, max_age=HOURS * 3600)
        content = files.get(sent["digest"])
    except (signing.BadSignature, FileNotFoundError) as error:
        raise Invalid("Ce fichier n'est plus là : choisissez-le de nouveau.") from error
    if sent["rows"] > LONG:
        job = queue_official(
            person=request.user, name=sent["name"], digest=sent["digest"], back_url=reverse("territory_sources")
        )
        return redirect("territory_job", job.code)
    loading = load_official(person=request.user, sources=read_files([(sent["name"], content)]))
    messages.add_message(request, messages.INFO if loading.idle else messages.SUCCESS, loading.outcome)
    return redirect("territory_sources")


@require_safe
def source_job(request: PersonRequest, code: str) -> HttpResponse:
    """The progress of a load; the page can be left and found again."""
    rules.must_load(request.user)
    job = get_object_or_404(Job, space=None, kind=JOB, code=code)
    done = ReceivedFile.objects.filter(pk=job.subject_id).first() if job.state == JobState.DONE else None
    template = "accounts/parts/job.html" if request.htmx else "territories/source_job.html"
    return render(request, template, {"job": job, "counted": "Lignes lues", "outcome": done.outcome if done else ""})
