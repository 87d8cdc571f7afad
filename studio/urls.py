"""Every address of the studio. The slices' pages come from their registry (`tasks.urls`)."""

from django.conf import settings
from django.urls import include, path

from studio.watch.csp import report as csp_report
from studio.watch.health import healthz
from studio.watch.metrics import metrics

handler400 = "studio.errors.bad_request"
handler500 = "studio.errors.server_error"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("csp-report/", csp_report, name="csp-report"),
    path("setup/", include("studio.setup.urls")),
    path("accounts/join/", include("studio.accounts.invitations.urls")),
    path("accounts/", include("studio.accounts.doors")),
    path("account/", include("studio.accounts.urls")),
    path("team/members/", include("studio.accounts.members.urls")),
    path("team/audit/", include("studio.accounts.audit.urls")),
    path("team/credits/", include("studio.credits.urls")),
    path("team/providers/", include("studio.connecting.urls")),
    *([path("design/", include("studio.design.urls"))] if settings.DESIGN_PAGE else []),
    path("", include("studio.library.urls")),
    path("", include("studio.tasks.urls")),
]
