#ifndef SQUIRE_CXML2_SHIM_H
#define SQUIRE_CXML2_SHIM_H

/* Debian's libxml2 knows ICU, whose headers contradict those in Foundation. Nothing here looks into the one structure that
   differs without it. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

/* libxml2's structures differ from version to version: what is read or set in them is read or set here. */

/* A parser that is fed UTF-8 in chunks and builds no tree: it calls `start`, `end` and `characters` with `reader`. NULL
   when out of memory. The contents of `script` and `style` go nowhere. */
static inline htmlParserCtxtPtr squire_html_make(
    void *reader, startElementSAXFunc start, endElementSAXFunc end, charactersSAXFunc characters) {
    htmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.startElement = start;
    handler.endElement = end;
    handler.characters = characters;
    handler.ignorableWhitespace = characters;
    htmlParserCtxtPtr context =
        htmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (context != NULL)
        htmlCtxtUseOptions(
            context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                         HTML_PARSE_IGNORE_ENC);
    return context;
}

/* A parser of XML that is fed UTF-8 in chunks and builds no tree. It keeps no entities that a document declares and loads no
   other document, so that no short text becomes a long one. NULL when out of memory. */
static inline xmlParserCtxtPtr squire_xml_make(
    void *reader, startElementSAXFunc start, endElementSAXFunc end, charactersSAXFunc characters) {
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.startElement = start;
    handler.endElement = end;
    handler.characters = characters;
    handler.ignorableWhitespace = characters;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL);
    if (context != NULL)
        xmlCtxtUseOptions(
            context, XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    return context;
}

/* The line the parser has come to, from 1. */
static inline int squire_html_line(htmlParserCtxtPtr context) {
    return context->input == NULL ? 0 : context->input->line;
}

/* How many elements are open. */
static inline int squire_html_depth(htmlParserCtxtPtr context) {
    return context->nameNr;
}

#endif
