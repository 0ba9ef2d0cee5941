"""Chains of voices, nested attributions, and what a report stands on."""

from __future__ import annotations

from reading_help import cast_of, span_of
from sayso.model import Attribution, Basis, Document, VoiceKind
from sayso.reading.chain import basis, chain, said_by, stated_bases
from sayso.reading.nesting import nested
from sayso.reading.speakers import author, transcript


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution((span_of(text, source),), (span_of(text, cue),), (span_of(text, content),))


def names(text: str, found: list[Attribution], item: str, outlet: str | None = None) -> list[str]:
    cast = cast_of(text, outlet)
    at = span_of(text, item)
    return [v.name for v in chain(at, at, said_by(nested(found, cast.marked), cast), cast)]


def test_nested_voices_run_innermost_first() -> None:
    text = "Reuters reported that two officials said the yard would sell boats."
    found = [attribution(text, "Reuters", "reported", "two officials said the yard would sell boats")]
    assert names(text, found, "boats") == ["two officials", "Reuters"]


def test_a_nested_attribution_knows_its_parent() -> None:
    text = "Reuters reported that two officials said the yard would sell boats."
    outer = attribution(text, "Reuters", "reported", "two officials said the yard would sell boats")
    cast = cast_of(text)
    inner = nested([outer], cast.marked)[1]
    assert inner.parent == 0
    assert inner.content[0].of(text) == "the yard would sell boats"


def test_a_verb_inside_a_name_says_nothing_and_an_owner_of_claims_does() -> None:
    text = "The assembly heard of it.\n\nThe United States would sell boats, on Norway's claims of six boats sold."
    outer = attribution(text, "The assembly", "heard", text.partition("of ")[2])
    found = nested([outer], cast_of(text).marked)[1:]
    assert [a.source[0].of(text) for a in found] == ["Norway"]


def test_the_outlet_spoken_to_is_the_outer_voice() -> None:
    text = "The yard will sell boats, Ingrid Solheim told Le Figaro on Monday."
    found = [attribution(text, "Ingrid Solheim", "told", "The yard will sell boats")]
    assert names(text, found, "boats") == ["Ingrid Solheim", "Le Figaro"]


def test_whom_an_outlet_cites_is_the_inner_voice() -> None:
    text = "The yard will sell boats, the New York Times reported, citing US officials."
    found = [attribution(text, "the New York Times", "reported", "The yard will sell boats")]
    assert names(text, found, "boats") == ["US officials", "New York Times"]


def test_the_carrying_outlet_is_no_voice() -> None:
    text = "The yard will sell boats, Ingrid Solheim told Le Figaro on Monday."
    found = [attribution(text, "Ingrid Solheim", "told", "The yard will sell boats")]
    assert names(text, found, "boats", outlet="Le Figaro") == ["Ingrid Solheim"]


def test_a_carrying_outlet_that_looks_like_a_person_is_no_voice_either() -> None:
    text = "The yard will sell boats, Dana Herold has learned from documents."
    found = [attribution(text, "Dana Herold", "has learned", "The yard will sell boats")]
    assert names(text, found, "boats") == ["Dana Herold"]
    assert names(text, found, "boats", outlet="Dana Herold") == []


def test_words_outside_every_content_have_no_voice() -> None:
    text = "The yard sold boats. Oslo will sell radars, Ingrid Solheim said."
    found = [attribution(text, "Ingrid Solheim", "said", "Oslo will sell radars")]
    assert names(text, found, "boats") == []


def test_no_source_cited_is_a_basis() -> None:
    text = "The yard will sell boats, Der Spiegel reported without citing sources."
    cast = cast_of(text)
    found = [attribution(text, "Der Spiegel", "reported", "The yard will sell boats")]
    at = span_of(text, "boats")
    voices = chain(at, at, said_by(found, cast), cast)
    assert stated_bases(cast) == {"Der Spiegel": Basis.UNCITED}
    assert basis(voices, stated_bases(cast), [], cast.marked.lexicon) is Basis.UNCITED


def test_a_party_to_the_deal_speaks_directly() -> None:
    text = "Norway will send missiles, the Norwegian Defence Ministry said."
    cast = cast_of(text)
    found = [attribution(text, "the Norwegian Defence Ministry", "said", "Norway will send missiles")]
    at = span_of(text, "missiles")
    voices = chain(at, at, said_by(found, cast), cast)
    assert basis(voices, {}, ["NO"], cast.marked.lexicon) is Basis.DIRECT
    assert basis(voices, {}, ["SE"], cast.marked.lexicon) is Basis.NAMED


def test_a_transcript_is_said_by_its_speakers() -> None:
    text = "MS. SOLHEIM: We will send boats.\n\nQ   When?\n\nMS. SOLHEIM: In April, radars too."
    cast = cast_of(text)
    found = transcript(cast)
    assert [a.content[0].of(text) for a in found] == ["We will send boats.", "When?", "In April, radars too."]


def test_a_title_says_whose_statement_it_is() -> None:
    cast = cast_of("We will send boats.")
    document = cast.marked.document
    titled = type(document)("t", document.text, title="Statement from Minister Ingrid Solheim on Aid to Ukraine")
    voice = author(titled, cast)
    assert voice is not None
    assert (voice.name, voice.kind) == ("Ingrid Solheim", VoiceKind.NAMED_PERSON)
    assert author(document, cast) is None


def test_within_a_labelled_turn_its_speaker_alone_has_the_word() -> None:
    text = "MR. SOLHEIM: Two officials said the yard would sell boats.\n\nMS. DAHL: Oslo will sell radars."
    cast = cast_of(text)
    inner = attribution(text, "Two officials", "said", "the yard would sell boats")
    at = span_of(text, "boats")
    assert len(chain(at, at, said_by([inner, *transcript(cast)], cast), cast)) == 1


def test_an_author_is_the_person_behind_country_and_office() -> None:
    title = "Statement from U.S. President Ingrid B. Solheim on boats"
    document = Document("t", "The yard will sell boats.", title=title)
    writer = author(document, cast_of("The yard will sell boats."))
    assert writer is not None
    assert (writer.name, writer.kind) == ("Ingrid B. Solheim", VoiceKind.NAMED_PERSON)
