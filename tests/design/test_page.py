"""The component page shows every component, and each state of a task."""

from django.template.base import Template
from django.test import RequestFactory, SimpleTestCase, override_settings
from django.test.signals import template_rendered
from django.urls import reverse

from studio.design import views
from tests.design.test_house_style import TEMPLATES


@override_settings(DESIGN_PAGE=True)
class DesignPageTests(SimpleTestCase):
    def setUp(self) -> None:
        self.requests = RequestFactory()

    def test_it_shows_every_component(self) -> None:
        shown: set[str] = set()

        def note(template: Template, **_: object) -> None:
            shown.add(template.name or "")

        template_rendered.connect(note)
        self.addCleanup(template_rendered.disconnect, note)
        response = views.page(self.requests.get(reverse("design:page")))
        components = {path.relative_to(TEMPLATES).as_posix() for path in (TEMPLATES / "components").glob("*.html")}
        self.assertEqual(response.status_code, 200)
        self.assertEqual(components - shown, set())

    def test_it_shows_every_state_of_a_task(self) -> None:
        html = views.page(self.requests.get(reverse("design:page"))).content.decode()
        for state in ["queued", "submitting", "running", "storing", "succeeded", "failed", "cancelled", "unknown"]:
            with self.subTest(state):
                self.assertRegex(html, rf'<article class="task" id="task-[0-9a-f-]+" data-state="{state}"')

    def test_the_theme_can_be_asked_for(self) -> None:
        for asked, rendered in (("dark", True), ("light", True), ("neon", False)):
            with self.subTest(asked):
                html = views.page(self.requests.get(reverse("design:page"), {"theme": asked})).content.decode()
                self.assertIs(f'data-theme="{asked}"' in html, rendered)

    def test_its_viewer_and_its_older_work_answer(self) -> None:
        self.assertContains(views.viewer(self.requests.get("/"), number=3), "harbour at dawn")
        self.assertContains(views.viewer(self.requests.get("/"), number=99), "ferns")
        self.assertContains(views.more(self.requests.get("/")), "tile__link")
