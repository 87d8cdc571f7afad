"""Never more creations in any ten seconds than Kie takes, and never fewer than is needed."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.kie.pace import LIMIT, PER_US, next_slot

NOW = 1_767_608_009_000_000
GAPS = st.lists(st.integers(0, 3_000_000) | st.sampled_from([0, 1, 999_999, 1_000_000, PER_US]), max_size=200)


class PaceTests(SimpleTestCase):
    def leave(self, gaps: list[int], *, obediently: bool = False, **limits: int) -> list[int]:
        """When creations left that came after each gap; `obediently` each waits and asks once more."""
        now, tat, left = NOW, 0, []
        for gap in gaps:
            now += gap
            wait, tat = next_slot(tat, now, **limits)
            if wait and obediently:
                now += wait
                wait, tat = next_slot(tat, now, **limits)
                self.assertEqual(wait, 0)
            if not wait:
                left.append(now)
        return left

    def assert_kept(self, left: list[int], limit: int, per_us: int) -> None:
        for first, then in zip(left, left[limit:], strict=False):
            self.assertGreater(then - first, per_us)

    @given(GAPS)
    def test_no_window_holds_more_than_the_limit(self, gaps: list[int]) -> None:
        self.assert_kept(self.leave(gaps), LIMIT, PER_US)
        self.assert_kept(self.leave(gaps, obediently=True), LIMIT, PER_US)

    @given(GAPS, st.integers(2, 50), st.integers(1, 20_000_000))
    def test_nor_with_any_other_limit(self, gaps: list[int], limit: int, per_us: int) -> None:
        self.assert_kept(self.leave(gaps, limit=limit, per_us=per_us), limit, per_us)

    def test_a_crowd_leaves_at_the_full_rate(self) -> None:
        """The same check with the worst crowd there is, so that the limit is reached and not only kept."""
        left = self.leave([0] * 100, obediently=True)
        self.assertEqual([moment - NOW for moment in left[:12]], [0] * 10 + [1_000_000, 2_000_000])
        self.assertEqual(sum(moment - NOW <= PER_US for moment in left), LIMIT)

    def test_a_time_that_does_not_divide_is_rounded_to_the_safe_side(self) -> None:
        self.assert_kept(self.leave([0] * 50, obediently=True, limit=6, per_us=5), 6, 5)

    def test_who_must_wait_takes_nothing(self) -> None:
        tat = 0
        for _ in range(10):
            wait, tat = next_slot(tat, NOW)
            self.assertEqual(wait, 0)
        self.assertEqual(next_slot(tat, NOW), (1_000_000, tat))
        self.assertEqual(next_slot(tat, NOW + 999_999), (1, tat))
        self.assertEqual(next_slot(tat, NOW + 1_000_000), (0, tat + 1_000_000))

    def test_a_clock_that_was_set_back_stops_nobody_for_long(self) -> None:
        wait, _tat = next_slot(NOW + 3_600_000_000, NOW)
        self.assertEqual(wait, 1_000_000)
