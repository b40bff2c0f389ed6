"""Answers in another language say the same."""

import pytest

from credence.scoring.spoken import spoken


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("not known", "不清楚"),
        ("none", "没有"),
        ("1 day", "1 天"),
        ("1,200 days", "1,200 天"),
        ("12 months", "12 个月"),
        ("3 of 4 (75 %)", "4 中的 3（75 %）"),
        ("75.5 %", "75.5 %"),
        ("1.25 times the usual", "平常的 1.25 倍"),
        ("on average 12.00 CNY", "平均 12.00 CNY"),
        ("see the answers it crosses", "见所交叉的各项回答"),
        ("at least 2 months or at least 3", "至少 2 个月或至少 3"),
        ("another answer to: 欠费账单有几笔？", "对此另有回答：欠费账单有几笔？"),
        ("0.43 of credit limit", "credit limit 的 0.43"),
        ("-1,234.57 times credit limit", "credit limit 的 -1,234.57 倍"),
        ("renting", "renting"),
    ],
)
def test_an_answer_is_said_in_chinese(english: str, chinese: str) -> None:
    assert spoken(english, "zh") == chinese


def test_a_language_without_words_says_it_as_it_is() -> None:
    assert spoken("12 months", "") == spoken("12 months", "xx") == "12 months"
