"""The look of the report, declared once: the style part is written from it, and texts are measured by it."""

from __future__ import annotations

from dataclasses import dataclass

from rfp.reporting.word.xml import Run, W, field_xml, run_xml

FONT = "Calibri"
INK, BLUE, QUIET, ALARM = "1F2933", "23508E", "56616E", "A93226"
GREEN_FILL, RED_FILL, AMBER_FILL = "E4F1E8", "F9E6E3", "FBF0DA"
HEAD_FILL, GROUP_FILL, STRIPE_FILL = "DCE3EB", "E9EEF4", "F5F7F9"
LIST_INDENT = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """Sizes and distances in points; ``line`` is a multiple of the font's own line height."""

    id: str
    name: str
    size: float
    bold: bool = False
    colour: str = INK
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    indent: float = 0.0
    exact: float = 0.0  # a fixed line height
    keep_next: bool = False
    starts_page: bool = False
    outline: int | None = None
    numbering: int | None = None
    extra: str = ""  # further paragraph properties


_LEADER = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
STYLES = {
    style.id: style
    for style in (
        TextStyle(id="Normal", name="Normal", size=10.5, after=6, line=1.1),
        TextStyle(id="Lead", name="Lead", size=10.5, after=6, line=1.1, keep_next=True),
        TextStyle(id="Title", name="Title", size=26, bold=True, after=4),
        TextStyle(id="Subtitle", name="Subtitle", size=14, bold=True, after=3),
        TextStyle(
            id="Heading1",
            name="heading 1",
            size=17,
            bold=True,
            colour=BLUE,
            before=16,
            after=5,
            keep_next=True,
            outline=0,
        ),
        TextStyle(id="Heading2", name="heading 2", size=12.5, bold=True, before=9, after=4, keep_next=True, outline=1),
        TextStyle(
            id="TOCHeading",
            name="TOC Heading",
            size=17,
            bold=True,
            colour=BLUE,
            after=5,
            keep_next=True,
            starts_page=True,
        ),
        TextStyle(id="TOC1", name="toc 1", size=10.5, bold=True, before=3, after=1, extra=_LEADER),
        TextStyle(id="TOC2", name="toc 2", size=10, after=0, indent=14, extra=_LEADER),
        TextStyle(id="ListNumber", name="List Number", size=10.5, after=4, line=1.1, indent=LIST_INDENT, numbering=1),
        TextStyle(id="ListBullet", name="List Bullet", size=10.5, after=3, line=1.1, indent=LIST_INDENT, numbering=2),
        TextStyle(id="Note", name="Note", size=9, colour=QUIET, after=4),
        TextStyle(id="TableText", name="Table Text", size=9, after=1),
        TextStyle(id="BoxHead", name="Box Head", size=14, bold=True, after=2),
        TextStyle(id="BoxText", name="Box Text", size=10.5, after=2),
        TextStyle(id="Picture", name="Picture", size=10.5, after=8),
        TextStyle(id="Gap", name="Gap", size=4, exact=6),
        TextStyle(id="Break", name="Break", size=1, exact=1),
        TextStyle(id="Header", name="header", size=9, colour=QUIET),
        TextStyle(id="Footer", name="footer", size=9, colour=QUIET),
    )
}


def styles_xml() -> str:
    """Return the style part: the styles declared above and nothing else."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return (
        f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:lang w:val="en-GB" w:eastAsia="en-GB" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        + "".join(_style_xml(style) for style in STYLES.values())
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style></w:styles>'
    )


def _style_xml(style: TextStyle) -> str:
    first = style.id == "Normal"
    based = "" if first else '<w:basedOn w:val="Normal"/>'
    following = '<w:next w:val="Normal"/>' if style.outline is not None else ""
    hanging = ' w:hanging="360"' if style.numbering else ""
    paragraph = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    paragraph += "<w:pageBreakBefore/>" if style.starts_page else ""
    paragraph += f'<w:numPr><w:numId w:val="{style.numbering}"/></w:numPr>' if style.numbering else ""
    paragraph += style.extra
    line = f'w:line="{_twips(style.exact)}" w:lineRule="exact"'
    if not style.exact:
        line = f'w:line="{round(style.line * 240)}" w:lineRule="auto"'
    paragraph += f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" {line}/>'
    paragraph += f'<w:ind w:left="{_twips(style.indent)}"{hanging}/>' if style.indent else ""
    paragraph += f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    size = round(style.size * 2)
    text = "<w:b/>" if style.bold else ""
    text += f'<w:color w:val="{style.colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    default = ' w:default="1"' if first else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}{following}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _twips(points: float) -> int:
    return round(points * 20)


def numbering_xml() -> str:
    """Return the two lists of the report: 1. 2. 3. and bullets."""
    kinds = ((1, "decimal", "%1."), (2, "bullet", "•"))
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        for number, kind, mark in kinds
    )
    uses = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _kind, _mark in kinds
    )
    return f"<w:numbering {W}>{shapes}{uses}</w:numbering>"


def settings_xml() -> str:
    """Return the settings. Fields are not updated on opening: Word would ask the reader before it shows anything."""
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def header_xml(left: str, right: str, *, width: int) -> str:
    """Return a page header; WIDTH is that of the text, in twentieths of a point."""
    mark = run_xml(Run(right, bold=True, colour=ALARM)) if right else ""
    return (
        f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/><w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        f"</w:pPr>{run_xml(Run(left))}<w:r><w:tab/></w:r>{mark}</w:p></w:hdr>"
    )


def footer_xml(left: str, *, width: int, pages: int) -> str:
    """Return a page footer with "Page 2 of 20"; PAGES is what a reader without fields sees."""
    return (
        f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        f"</w:pPr>{run_xml(Run(left))}<w:r><w:tab/></w:r>{run_xml(Run('Page '))}{field_xml('PAGE', '1')}"
        f"{run_xml(Run(' of '))}{field_xml('NUMPAGES', str(pages))}</w:p></w:ftr>"
    )
