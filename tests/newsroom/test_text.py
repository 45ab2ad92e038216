import pytest

from newsroom.text import (
    clean_article_html,
    clean_block,
    clean_comment_html,
    clean_line,
    fold,
    slugify,
    typographic,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đavolje oko", "davolje-oko"),
        ("Žarko Đurić: četvrti šok!", "zarko-duric-cetvrti-sok"),
        ("100 % sigurno", "100-sigurno"),
        ("漢字", ""),
    ],
)
def test_slugs_keep_croatian_words_readable(text, slug):
    assert slugify(text) == slug


def test_a_long_slug_is_cut_at_a_words_end():
    assert slugify("one two three four", 9) == "one-two"
    assert slugify("a" * 30, 9) == "a" * 9


def test_folding_takes_accents_and_case_away():
    assert fold("ŽARKO Đurić, naïve ß") == "zarko duric, naive ss"


def test_a_line_has_no_control_characters_and_single_blanks():
    assert clean_line(" a\x00b \n c\u0301 ") == "ab ć"


def test_a_block_keeps_its_lines():
    assert clean_block("one\r\ntwo\rthree\x07\n") == "one\ntwo\nthree"


@pytest.mark.parametrize("clean", [clean_article_html, clean_comment_html])
@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="color:red">x</p>',
        '<iframe src="https://example.org"></iframe>',
        '<img src="https://example.org/track.gif">',
        '<svg><a href="javascript:alert(1)">x</a></svg>',
    ],
)
def test_nothing_that_runs_or_tracks_is_stored(clean, html):
    cleaned = clean(html)
    bad = ("script", "onclick", "javascript", "style", "iframe", "img", "svg", "alert")
    assert not any(word in cleaned for word in bad)


def test_a_comments_link_is_marked_as_a_readers():
    assert clean_comment_html('<a href="https://example.org">x</a>') == (
        '<a href="https://example.org" rel="nofollow ugc noopener">x</a>'
    )


@pytest.mark.parametrize("clean", [clean_article_html, clean_comment_html])
def test_a_reference_makes_no_control_character(clean):
    assert clean("<p>a&#11;b&#xFFFE;c</p>") == "<p>abc</p>"


def test_an_article_keeps_only_classes_of_ours():
    assert clean_article_html('<figure class="pull evil"><p class="mast">x</p></figure>') == (
        '<figure class="pull"><p>x</p></figure>'
    )


@pytest.mark.parametrize(
    ("language", "line", "printed"),
    [
        ("en", "OpenAI's \"partly\" and the '90s", "OpenAI’s “partly” and the ’90s"),
        ("en", '"No," he said.', "“No,” he said."),
        ("hr", 'Rekao je "djelomice".', "Rekao je „djelomice“."),
        ("hr", "Već „gotovo“.", "Već „gotovo“."),
    ],
)
def test_straight_quotes_of_a_line_become_typographic(language, line, printed):
    assert typographic(line, language) == printed
