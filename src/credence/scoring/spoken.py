"""What answers in words say in other languages than English, in which they are made."""

import re

# In the order in which they are tried; the parts that a sentence is made around are said in turn.
PHRASES = {
    "zh": (
        ("not known", "不清楚"),
        ("none", "没有"),
        ("see the answers it crosses", "见所交叉的各项回答"),
        ("([0-9,]+) days?", "{0} 天"),
        ("([0-9,]+) months?", "{0} 个月"),
        (r"([0-9,]+) of ([0-9,]+) \((.+)\)", "{1} 中的 {0}（{2}）"),
        ("([0-9.]+) times the usual", "平常的 {0} 倍"),
        ("([0-9.e-]+) of (.+)", "{1} 的 {0}"),
        ("([-0-9.,e]+) times (.+)", "{1} 的 {0} 倍"),
        ("on average (.+)", "平均 {0}"),
        ("at least (.+)", "至少 {0}"),
        ("at most (.+)", "至多 {0}"),
        ("less than (.+)", "少于 {0}"),
        ("more than (.+)", "多于 {0}"),
        ("exactly (.+)", "正好 {0}"),
        ("another answer to: (.+)", "对此另有回答：{0}"),
        ("(.+?) or (.+)", "{0}或{1}"),
    )
}


def spoken(answer: str, language: str) -> str:
    """An answer in another language; as it is, where the language has no words for it.

    Args:
        answer: What `answer_in_words` made, or what is needed beside it.
        language: Empty for English.
    """
    for pattern, said in PHRASES.get(language, ()):
        found = re.fullmatch(pattern, answer)
        if found is not None:
            return said.format(*(spoken(part, language) for part in found.groups()))
    return answer
