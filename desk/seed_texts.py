"""Texts of seeded stories: a pool of rendered blocks per language, put together anew for each story.

Rendering a hundred thousand bodies would take an hour. Blocks that are rendered one by one and then joined make the
same HTML as the joined Markdown, so each stored body is what the dialect would have made of it.
"""

import itertools
from typing import NamedTuple

from django.utils.html import strip_tags

from articles.dialect import render_article
from comments.dialect import render_comment

from .seed_words import NAME_PARTS, READERS, WORDS

# Stands for the proper name in a rendered block. Letters only: it must come through the renderer as it is.
SLOT = "Qslotq"
PARAGRAPHS, PULLS, LISTS, COMMENTS = 400, 40, 40, 200
NAMES = ["".join(parts) for parts in itertools.product(*NAME_PARTS)]


class Block(NamedTuple):
    markdown: str
    html: str
    words: int


class StoryText(NamedTuple):
    title: str
    interpreter: str
    key_points: list
    body: str
    html: str
    words: int


def block(markdown):
    html = render_article(markdown)
    return Block(markdown, html, len(strip_tags(html).split()))


def figure(photo_id):
    return block(f"![](photo:{photo_id})")


def proper_name(rng):
    """A few names are in hundreds of stories, most in one or two: search meets common and rare words."""
    return NAMES[int(len(NAMES) * rng.random() ** 3)]


def reader_name(rng):
    return f"{rng.choice(READERS)} {rng.choice('ABCĆČDĐEFGHKLMNPRSŠTVZŽ')}."


class Texts:
    def __init__(self, language, rng):
        self.words, self.rng = WORDS[language], rng
        self.paragraphs = [block(self._paragraph()) for _ in range(PARAGRAPHS)]
        self.pulls = [block(f"> [!pull]\n> {self._sentence()}") for _ in range(PULLS)]
        self.lists = [block("\n".join(f"- {self._sentence()}" for _ in range(3))) for _ in range(LISTS)]
        self.headings = [block(f"## {heading}") for heading in self.words["headings"]]
        self.comments = [(body, render_comment(body)) for body in (self._comment() for _ in range(COMMENTS))]

    def story(self, figures):
        """The text of one more story, which shows these figures among its paragraphs."""
        name = proper_name(self.rng)
        blocks = self._blocks(figures)
        interpreter = f"{self._about(name)} {self._sentence()} {self.rng.choice(self.words['whys'])}"
        return StoryText(
            title=self._title(name),
            interpreter=interpreter,
            key_points=[self._sentence() for _ in range(self.rng.randint(3, 5))],
            body="\n\n".join(block.markdown for block in blocks).replace(SLOT, name),
            html="\n".join(block.html for block in blocks).replace(SLOT, name),
            words=sum(block.words for block in blocks) + len(interpreter.split()),
        )

    def _blocks(self, figures):
        """Never two lists or two quotes in a row: Markdown would make one of them."""
        blocks = self.rng.sample(self.paragraphs, self.rng.randint(3, 8))
        middle = len(blocks) // 2
        blocks[middle:middle] = [self.rng.choice(self.headings)]
        if self.rng.random() < 0.3:
            blocks.append(self.rng.choice(self.lists))
        blocks[1:1] = [*figures, *([self.rng.choice(self.pulls)] if self.rng.random() < 0.6 else [])]
        return blocks

    def _title(self, name):
        title = self.rng.choice(self.words["titles"]).format(name=name, thing=self.rng.choice(self.words["things"]))
        return title[0].upper() + title[1:]

    def _about(self, name):
        return self.rng.choice(self.words["about"]).format(name=name)

    def _sentence(self, deed="{}"):
        choose, words = self.rng.choice, self.words
        return f"{choose(words['subjects'])} {deed.format(choose(words['deeds']))} {choose(words['turns'])}."

    def _paragraph(self):
        sentences = [self._sentence() for _ in range(self.rng.randint(2, 4))]
        if self.rng.random() < 0.2:
            sentences.append(self._sentence("**{}**"))
        if self.rng.random() < 0.1:
            sentences.append(self._sentence("[{}](https://archive.example/)"))
        sentences.insert(1, self._about(SLOT))
        return " ".join(sentences)

    def _comment(self):
        return " ".join(self.rng.sample(self.words["comments"], self.rng.randint(1, 3)))
