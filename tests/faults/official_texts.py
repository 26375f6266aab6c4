"""Publishers of official texts on the loopback: the Register's XML, and the posts of the White House's site.

Belongs here: small texts of the real shape, in our own words. Does not belong here: the Register's API
(publishers_formats.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.faults.publisher import Asked, Publisher, Reply

FULL_TEXT_PATH = "/documents/full_text/xml/2025/03/11/2025-04001.xml"
POSTS_PATH = "/wp-json/wp/v2/posts"


def full_text(number: str, filed: str = "3-10-25", *, root: str = "NOTICE", more: str = "") -> str:
    """A notice with all the parts that are read; `more` goes before its number."""
    rows = "".join(
        f'<ROW><ENT I="01">{one}</ENT><ENT>A thing.</ENT></ROW>' for one in ("0201.10.05", "9903.01.25", "0201.10.05")
    )
    return f"""<{root}>
    <PREAMB>
        <AGENCY TYPE="N">OFFICE OF EXAMPLES</AGENCY>
        <DEPDOC>[Docket Nos. USTR-2025-0001, USTR-2025-0002]</DEPDOC>
        <SUBJECT>Notice of an Example</SUBJECT>
        <ACT><HD SOURCE="HED">ACTION:</HD><P>Request for comments.</P></ACT>
        <DATES><HD SOURCE="HED">DATES:</HD><P/>
            <P><E T="03">March 12, 2025:</E> Comment period opens.</P>
            <P><E T="03">March 20, 2025:</E> Submit requests to appear at the hearing by this date.</P>
            <P><E T="03">April 1, 2025:</E> Submit written comments by this date.</P>
            <P><E T="03">April 8, 2025:</E> A public hearing begins.</P>
            <P>Five days after it ends: rebuttal comments.</P>
        </DATES>
    </PREAMB>
    <SUPLINF><HD SOURCE="HD1">I. Background</HD><PRTPAGE P="101"/>
        <P>Under section 301 of the Trade Act of 1974 (19 U.S.C. 2411), Executive Order 14257 and Proclamations 9704,
        10947, and 10962 (see 90 FR 15041 and 83 Fed. Reg. 11,625), duties under heading 9903.88.15 on goods entered on
        or after 12:01 a.m. eastern daylight time on April 9, 2025. {"Words follow words. " * 40}</P>
        <GPOTABLE CDEF="s1,2"><BOXHD><CHED H="1">HTSUS</CHED></BOXHD>{rows}</GPOTABLE>
        <GPH><GID>EN01.000</GID></GPH><PRTPAGE P="102"/>{more}
    </SUPLINF>
    <FRDOC>[FR Doc. {number} Filed {filed}; 8:45 am]</FRDOC>
</{root}>"""


def white_house_post(link: str, published: str, content: str, title: str = "An Order") -> dict[str, Any]:
    """A post as the site's interface gives it."""
    return {
        "link": link,
        "date": published,
        "modified": published,
        "title": {"rendered": title},
        "content": {"rendered": content, "protected": False},
    }


def posts(publisher: Publisher, published: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Serve posts after an hour, and before another, page by page; beyond the last page the site answers 400."""

    def answer(asked: Asked) -> Reply:
        until = asked.first("before") or "9999"
        found = [post for post in published if asked.first("after") < post["date"] < until]
        page, size = int(asked.first("page")), int(asked.first("per_page"))
        shown = found[(page - 1) * size : page * size]
        if page > 1 and not shown:
            return Reply(b'{"code": "rest_post_invalid_page_number"}', 400)
        return Reply(json.dumps(shown).encode())

    publisher.register(POSTS_PATH, answer)
    return {"posts": publisher.url(POSTS_PATH)}
