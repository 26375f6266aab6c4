"""A dataflow's structure as SDMX-ML 3.0: concepts, code lists, data structure, dataflow.

Belongs here: the XML. Does not belong here: which series there are and their codes (sdmx.py).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, register_namespace

from pipelines.export.sdmx import AGENCY, VERSION, Component, Flow

_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
MESSAGE, STRUCTURE, COMMON = f"{{{_SCHEMAS}/message}}", f"{{{_SCHEMAS}/structure}}", f"{{{_SCHEMAS}/common}}"
_MODEL = "urn:sdmx:org.sdmx.infomodel"
_TIME = Component("TIME_PERIOD", "Period the value is of.")
_VALUE = Component("OBS_VALUE", "The value.")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(flow: Flow, path: Path, made_at: datetime) -> None:
    """Write the structure message."""
    for prefix, space in (("mes", MESSAGE), ("str", STRUCTURE), ("com", COMMON)):
        register_namespace(prefix, space.strip("{}"))
    root = Element(f"{MESSAGE}Structure")
    header = SubElement(root, f"{MESSAGE}Header")
    for name, text in (
        ("ID", f"{flow.id}_{made_at:%Y%m%d%H%M%S}"),
        ("Test", "false"),
        ("Prepared", made_at.astimezone(UTC).isoformat(timespec="seconds")),
    ):
        SubElement(header, f"{MESSAGE}{name}").text = text
    SubElement(header, f"{MESSAGE}Sender", id=AGENCY)
    parts = SubElement(root, f"{MESSAGE}Structures")
    _code_lists(SubElement(parts, f"{STRUCTURE}Codelists"), flow)
    _concepts(SubElement(parts, f"{STRUCTURE}ConceptSchemes"), flow)
    flows = _maintained(SubElement(parts, f"{STRUCTURE}Dataflows"), "Dataflow", flow.id, flow.title)
    SubElement(flows, f"{STRUCTURE}Structure").text = f"{_MODEL}.datastructure.DataStructure={flow.reference}"
    _data_structure(SubElement(parts, f"{STRUCTURE}DataStructures"), flow)
    indent(root)
    ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def code_list(flow: Flow, component: Component) -> str:
    """Id of a component's code list: each flow has its own, so that a registry may load both."""
    return f"CL_{flow.id}_{component.id}"


def _concept_scheme(flow: Flow) -> str:
    return f"CS_{flow.id}"


def _components(flow: Flow) -> list[Component]:
    return [*flow.dimensions, _TIME, *flow.attributes, _VALUE]


def _maintained(parent: Element, kind: str, identifier: str, name: str) -> Element:
    found = SubElement(parent, f"{STRUCTURE}{kind}", id=identifier, agencyID=AGENCY, version=VERSION)
    _text(found, "Name", name)
    return found


def _text(parent: Element, kind: str, text: str) -> None:
    SubElement(parent, f"{COMMON}{kind}", {_LANGUAGE: "en"}).text = text


def _code_lists(parent: Element, flow: Flow) -> None:
    for component in _components(flow):
        if component.codes:
            found = _maintained(parent, "Codelist", code_list(flow, component), component.description)
            for code, name in component.codes.items():
                _text(SubElement(found, f"{STRUCTURE}Code", id=code), "Name", name)


def _concepts(parent: Element, flow: Flow) -> None:
    scheme = _maintained(parent, "ConceptScheme", _concept_scheme(flow), f"Concepts of {flow.title}")
    for component in _components(flow):
        concept = SubElement(scheme, f"{STRUCTURE}Concept", id=component.id)
        _text(concept, "Name", component.description)


def _data_structure(parent: Element, flow: Flow) -> None:
    parts = SubElement(_maintained(parent, "DataStructure", flow.id, flow.title), f"{STRUCTURE}DataStructureComponents")
    dimensions = SubElement(parts, f"{STRUCTURE}DimensionList", id="DimensionDescriptor")
    for position, component in enumerate(flow.dimensions, start=1):
        placed = SubElement(dimensions, f"{STRUCTURE}Dimension", id=component.id, position=str(position))
        _represented(flow, placed, component)
    _represented(
        flow, SubElement(dimensions, f"{STRUCTURE}TimeDimension", id=_TIME.id), _TIME, "ObservationalTimePeriod"
    )
    attributes = SubElement(parts, f"{STRUCTURE}AttributeList", id="AttributeDescriptor")
    for component in flow.attributes:
        found = SubElement(attributes, f"{STRUCTURE}Attribute", id=component.id, usage="optional")
        _represented(flow, found, component)
        SubElement(SubElement(found, f"{STRUCTURE}AttributeRelationship"), f"{STRUCTURE}Observation")
    measures = SubElement(parts, f"{STRUCTURE}MeasureList", id="MeasureDescriptor")
    _represented(flow, SubElement(measures, f"{STRUCTURE}Measure", id=_VALUE.id, usage="mandatory"), _VALUE, "Double")


def _represented(flow: Flow, element: Element, component: Component, kind: str = "String") -> None:
    concept = f"{_MODEL}.conceptscheme.Concept={AGENCY}:{_concept_scheme(flow)}({VERSION}).{component.id}"
    SubElement(element, f"{STRUCTURE}ConceptIdentity").text = concept
    representation = SubElement(element, f"{STRUCTURE}LocalRepresentation")
    if component.codes:
        listed = f"{_MODEL}.codelist.Codelist={AGENCY}:{code_list(flow, component)}({VERSION})"
        SubElement(representation, f"{STRUCTURE}Enumeration").text = listed
    else:
        SubElement(representation, f"{STRUCTURE}TextFormat", textType=kind)
