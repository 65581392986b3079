/* markup: a web page on its way to Tidy. Tidy repairs any markup, but what is nested
 * a hundred thousand levels deep, or has as many attributes in one tag, keeps it
 * busy for minutes; so it gets a page with nothing but the text, and the few tags
 * and attributes that say where lines, cells and links are. */
#include "html.h"

#include <string.h>
#include <strings.h>
#include <unicode/utf8.h>

enum {
    PAGE_LIMIT = 32 << 20, /* fifty gazettes in one page */
    DEPTH_LIMIT = 2000,
    HEAD_SIZE = 16 << 10, /* a page says its encoding here */
    KIND_COUNT = 90       /* more than there are kinds of tags */
};

enum tag_way {
    TAG_LINE,   /* goes to Tidy, which closes it where the next one begins */
    TAG_NEST,   /* goes to Tidy, and may stand within its like */
    TAG_ITEM,   /* as TAG_LINE; hidden, it is left out with its text, for its paragraph ends before a list in it */
    TAG_INLINE, /* is left out; hidden, with its text */
    TAG_LINK,   /* goes to Tidy; else as TAG_INLINE */
    TAG_RAW     /* is left out with all that is in it */
};

/* A tag that is not named here is left out, and its text kept. */
static const struct tag_kind {
    const char *name;
    enum tag_way way;
    const char *as; /* what Tidy sees */
} kinds[] = {
    {"a",          TAG_LINK,   "a"      },
    {"abbr",       TAG_INLINE, NULL     },
    {"address",    TAG_NEST,   "div"    },
    {"article",    TAG_NEST,   "article"},
    {"aside",      TAG_NEST,   "aside"  },
    {"b",          TAG_INLINE, NULL     },
    {"big",        TAG_INLINE, NULL     },
    {"blockquote", TAG_NEST,   "div"    },
    {"br",         TAG_LINE,   "br"     },
    {"button",     TAG_NEST,   "nav"    }, /* what is pressed or chosen is furniture, as navigation is */
    {"caption",    TAG_NEST,   "caption"},
    {"center",     TAG_NEST,   "div"    },
    {"cite",       TAG_INLINE, NULL     },
    {"code",       TAG_INLINE, NULL     },
    {"dd",         TAG_ITEM,   "p"      },
    {"del",        TAG_INLINE, NULL     },
    {"details",    TAG_NEST,   "div"    },
    {"dir",        TAG_NEST,   "div"    },
    {"div",        TAG_NEST,   "div"    },
    {"dl",         TAG_NEST,   "div"    },
    {"dt",         TAG_ITEM,   "p"      },
    {"em",         TAG_INLINE, NULL     },
    {"fieldset",   TAG_NEST,   "div"    },
    {"figcaption", TAG_NEST,   "div"    },
    {"figure",     TAG_NEST,   "div"    },
    {"font",       TAG_INLINE, NULL     },
    {"footer",     TAG_NEST,   "footer" },
    {"form",       TAG_NEST,   "div"    },
    {"h1",         TAG_NEST,   "h1"     },
    {"h2",         TAG_NEST,   "h2"     },
    {"h3",         TAG_NEST,   "h3"     },
    {"h4",         TAG_NEST,   "h4"     },
    {"h5",         TAG_NEST,   "h5"     },
    {"h6",         TAG_NEST,   "h6"     },
    {"header",     TAG_NEST,   "header" },
    {"hr",         TAG_LINE,   "br"     },
    {"i",          TAG_INLINE, NULL     },
    {"iframe",     TAG_RAW,    NULL     },
    {"ins",        TAG_INLINE, NULL     },
    {"label",      TAG_INLINE, NULL     },
    {"legend",     TAG_NEST,   "div"    },
    {"li",         TAG_ITEM,   "p"      },
    {"main",       TAG_NEST,   "main"   },
    {"mark",       TAG_INLINE, NULL     },
    {"menu",       TAG_NEST,   "div"    },
    {"nav",        TAG_NEST,   "nav"    },
    {"noframes",   TAG_RAW,    NULL     },
    {"noscript",   TAG_NEST,   "nav"    },
    {"ol",         TAG_NEST,   "div"    },
    {"optgroup",   TAG_ITEM,   "p"      },
    {"option",     TAG_ITEM,   "p"      },
    {"p",          TAG_LINE,   "p"      },
    {"pre",        TAG_NEST,   "pre"    },
    {"s",          TAG_INLINE, NULL     },
    {"script",     TAG_RAW,    NULL     },
    {"section",    TAG_NEST,   "section"},
    {"select",     TAG_NEST,   "nav"    },
    {"small",      TAG_INLINE, NULL     },
    {"span",       TAG_INLINE, NULL     },
    {"strike",     TAG_INLINE, NULL     },
    {"strong",     TAG_INLINE, NULL     },
    {"style",      TAG_RAW,    NULL     },
    {"sub",        TAG_INLINE, NULL     },
    {"summary",    TAG_NEST,   "div"    },
    {"sup",        TAG_INLINE, NULL     },
    {"svg",        TAG_RAW,    NULL     },
    {"table",      TAG_NEST,   "table"  },
    {"tbody",      TAG_LINE,   "tbody"  },
    {"td",         TAG_LINE,   "td"     },
    {"template",   TAG_RAW,    NULL     },
    {"textarea",   TAG_NEST,   "nav"    },
    {"tfoot",      TAG_LINE,   "tfoot"  },
    {"th",         TAG_LINE,   "th"     },
    {"thead",      TAG_LINE,   "thead"  },
    {"title",      TAG_RAW,    NULL     },
    {"tr",         TAG_LINE,   "tr"     },
    {"tt",         TAG_INLINE, NULL     },
    {"u",          TAG_INLINE, NULL     },
    {"ul",         TAG_NEST,   "div"    },
};
_Static_assert(COUNT(kinds) <= KIND_COUNT, "KIND_COUNT is too small");

/* Offsets into the page: from, to not included. */
struct stretch {
    size_t from, to;
};

struct tag {
    const struct tag_kind *kind; /* NULL: not one of ours */
    bool closes, hidden, link;
    long row_span, column_span; /* -1: not said */
    size_t end;                 /* behind its > */
};

struct reader {
    const char *page; /* NUL after it */
    size_t size, at;
    struct markup *markup;
    size_t open[KIND_COUNT], depth; /* elements that nest, not yet closed */
    bool in_paragraph;              /* a p is not yet closed */
    bool endless[KIND_COUNT];       /* no end tag further down */
    bool unquoted[2];               /* no " and no ' further down */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.';
}

static const struct tag_kind *find_kind(const char *name, size_t length)
{
    size_t low = 0, high = COUNT(kinds);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strncasecmp(kinds[middle].name, name, length);
        if (order == 0)
            order = kinds[middle].name[length] != '\0';
        if (order == 0)
            return &kinds[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void put(struct markup *markup, const char *text, size_t length)
{
    memcpy(markup->text + markup->length, text, length);
    markup->length += length;
}

static void put_word(struct markup *markup, const char *word)
{
    put(markup, word, strlen(word));
}

/* Text up to an offset. A form feed is white space here, no page. */
static void put_text(struct reader *r, size_t end)
{
    while (r->at < end) {
        size_t from = r->at;
        UChar32 character;
        U8_NEXT((const uint8_t *)r->page, r->at, end, character);
        bool control = (character >= 0 && character < ' ' && !is_space((char)character)) ||
                       (character >= 0x7f && character <= 0x9f);
        if (control && r->markup->controls++ == 0)
            r->markup->control_offset = from;
        if (control || character < 0)
            put_word(r->markup, "\xef\xbf\xbd");
        else if (character == '\f')
            put_word(r->markup, " "); /* Tidy would drop it */
        else
            put(r->markup, r->page + from, r->at - from);
    }
}

/* Whether the mark that seems to close a value opens the next one: `align="left>…<p
 * align="right"`. */
static bool lacks_quote(const char *value, size_t length)
{
    return length > 0 && value[length - 1] == '=' && memchr(value, '>', length);
}

/* A value in quotation marks, or up to a space; *at moves behind it. A mark that is
 * never closed is no mark. */
static struct stretch read_value(struct reader *r, size_t *at)
{
    char quote = r->page[*at];
    if ((quote == '"' || quote == '\'') && !r->unquoted[quote == '"']) {
        const char *close = memchr(r->page + *at + 1, quote, r->size - *at - 1);
        struct stretch value = {*at + 1, close ? (size_t)(close - r->page) : *at + 1};
        r->unquoted[quote == '"'] = !close;
        if (close && !lacks_quote(r->page + value.from, value.to - value.from)) {
            *at = value.to + 1;
            return value;
        }
    }
    struct stretch value = {*at, *at};
    while (value.to < r->size && !is_space(r->page[value.to]) && r->page[value.to] != '>')
        value.to++;
    *at = value.to;
    return value;
}

/* Whether a style says display: none. */
static bool style_hides(const char *style, size_t length)
{
    static const char sought[] = "display:none";
    size_t found = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_space(style[i]))
            continue;
        if (strncasecmp(&style[i], &sought[found], 1) == 0)
            found++;
        else
            found = strncasecmp(&style[i], sought, 1) == 0;
        if (sought[found] == '\0')
            return true;
    }
    return false;
}

/* Digits, any number of them; no table has more rows or columns than the limit. */
static long read_span(const char *text, size_t length)
{
    long span = 0;
    size_t at = 0;
    while (at < length && is_space(text[at]))
        at++;
    if (at == length || text[at] < '0' || text[at] > '9')
        return 1;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; at++)
        span = span < PAGE_LIMIT ? 10 * span + text[at] - '0' : PAGE_LIMIT;
    return span;
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

static void take_attribute(struct reader *r, struct tag *tag, struct stretch name, struct stretch value)
{
    const char *word = r->page + name.from, *text = r->page + value.from;
    size_t length = name.to - name.from, size = value.to - value.from;
    if (is_word(word, length, "hidden"))
        tag->hidden = true;
    else if (is_word(word, length, "style"))
        tag->hidden |= style_hides(text, size);
    else if (is_word(word, length, "href"))
        tag->link = true;
    else if (is_word(word, length, "rowspan") && tag->row_span < 0)
        tag->row_span = read_span(text, size);
    else if (is_word(word, length, "colspan") && tag->column_span < 0)
        tag->column_span = read_span(text, size);
}

/* The attributes from an offset; returns the offset behind the tag. */
static size_t read_attributes(struct reader *r, struct tag *tag, size_t at)
{
    while (at < r->size && r->page[at] != '>') {
        if (is_space(r->page[at]) || r->page[at] == '/') {
            at++;
            continue;
        }
        struct stretch name = {at, at + 1}; /* whatever it begins with */
        while (name.to < r->size && !is_space(r->page[name.to]) && !strchr("=>/", r->page[name.to]))
            name.to++;
        at = name.to;
        while (at < r->size && is_space(r->page[at]))
            at++;
        struct stretch value = {at, at};
        if (at < r->size && r->page[at] == '=') {
            at++;
            while (at < r->size && is_space(r->page[at]))
                at++;
            value = read_value(r, &at);
        }
        take_attribute(r, tag, name, value);
    }
    return at < r->size ? at + 1 : at;
}

/* Reads the tag at an offset. False: its < is none, as in `<5%` and in `<<中国>>`. */
static bool read_tag(struct reader *r, size_t at, struct tag *tag)
{
    *tag = (struct tag){.closes = r->page[at + 1] == '/', .row_span = -1, .column_span = -1};
    size_t from = at + 1 + tag->closes, to = from;
    if (!is_letter(r->page[from]))
        return false;
    while (is_name(r->page[to]))
        to++;
    if (to < r->size && !is_space(r->page[to]) && r->page[to] != '>' && r->page[to] != '/')
        return false;
    tag->kind = find_kind(r->page + from, to - from);
    tag->end = read_attributes(r, tag, to);
    return true;
}

/* Where the end tag of an element stands whose content is no markup. Without one
 * only its start tag is left out: better a script read as text than a text as script. */
static size_t skip_raw(struct reader *r, const struct tag *tag)
{
    bool *endless = &r->endless[tag->kind - kinds];
    size_t length = strlen(tag->kind->name);
    const char *at = r->page + tag->end, *end = r->page + r->size;
    while (!*endless && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        at++;
        if (*at == '/' && strncasecmp(at + 1, tag->kind->name, length) == 0 && !is_name(at[1 + length]))
            return (size_t)(at - 1 - r->page);
    }
    *endless = true;
    return tag->end;
}

/* Where a hidden element ends; without an end it is not hidden. */
static size_t skip_hidden(struct reader *r, const struct tag *tag)
{
    bool *endless = &r->endless[tag->kind - kinds];
    size_t depth = 1;
    const char *at = r->page + tag->end, *end = r->page + r->size;
    while (!*endless && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        struct tag inner;
        if (!read_tag(r, (size_t)(at - r->page), &inner)) {
            at++;
            continue;
        }
        at = r->page + inner.end;
        if (inner.kind == tag->kind)
            depth = inner.closes ? depth - 1 : depth + 1;
        if (depth == 0)
            return inner.end;
    }
    *endless = true;
    return tag->end;
}

static void put_tag(struct reader *r, const struct tag *tag)
{
    struct markup *markup = r->markup;
    put_word(markup, tag->closes ? "</" : "<");
    put_word(markup, tag->kind->as);
    if (!tag->closes) {
        if (tag->hidden && tag->kind->way != TAG_ITEM && tag->kind->way != TAG_LINK)
            put_word(markup, " hidden=\"\"");
        if (tag->link)
            put_word(markup, " href=\"\"");
        const long spans[] = {tag->row_span, tag->column_span};
        for (size_t i = 0; i < COUNT(spans); i++) {
            if (spans[i] >= 0)
                markup->length += (size_t)sprintf(markup->text + markup->length, " %s=\"%ld\"",
                                                  i == 0 ? "rowspan" : "colspan", spans[i]);
        }
    }
    put_word(markup, ">");
}

/* Counts what nests: an end tag closes nothing but its like. False: there is none of it open. */
static bool count_depth(struct reader *r, const struct tag *tag)
{
    size_t *open = &r->open[tag->kind - kinds];
    if (!tag->closes) {
        ++*open;
        r->depth++;
        return true;
    }
    if (*open == 0)
        return false;
    --*open;
    r->depth--;
    return true;
}

/* An element goes to Tidy. An end tag that closes nothing still ends a line. */
static void take_element(struct reader *r, const struct tag *tag)
{
    const char *as = tag->kind->as;
    bool is_paragraph = strcmp(as, "p") == 0;
    bool fits = !tag->closes || !is_paragraph || r->in_paragraph;
    if (tag->kind->way == TAG_NEST)
        fits = count_depth(r, tag);
    if (tag->kind->way != TAG_LINK && strcmp(as, "br") != 0)
        r->in_paragraph = is_paragraph && !tag->closes;
    if (fits)
        put_tag(r, tag);
    else
        put_word(r->markup, "<br>");
}

static void take_tag(struct reader *r, const struct tag *tag)
{
    r->at = tag->end;
    if (!tag->kind)
        return;
    enum tag_way way = tag->kind->way;
    if (way == TAG_RAW && !tag->closes) {
        r->at = skip_raw(r, tag);
    } else if ((way == TAG_ITEM || way == TAG_INLINE || way == TAG_LINK) && tag->hidden && !tag->closes) {
        r->at = skip_hidden(r, tag);
    } else if (way != TAG_RAW && way != TAG_INLINE) {
        take_element(r, tag);
    }
}

/* A comment, a doctype or an instruction. A comment without end ends at the next >. */
static size_t skip_declaration(struct reader *r, bool *endless)
{
    const char *at = r->page + r->at, *end = NULL;
    if (strncmp(at, "<!--", 4) == 0 && !*endless) {
        end = memmem(at + 2, r->size - r->at - 2, "-->", 3); /* `<!-->` is one too */
        *endless = !end;
        end = end ? end + 2 : NULL;
    }
    if (!end)
        end = memchr(at, '>', r->size - r->at);
    return end ? (size_t)(end + 1 - r->page) : r->size;
}

bool markup_opens(const char *bytes, size_t size)
{
    static const char *const heads[] = {"!doctype", "!--", "?xml", "html", "head", "body", "meta", "link", "base"};
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        bytes += 3;
    while (is_space(*bytes)) /* a NUL stands behind the last byte */
        bytes++;
    if (*bytes != '<')
        return false;
    bytes++;
    for (size_t i = 0; i < COUNT(heads); i++) {
        size_t length = strlen(heads[i]);
        if (strncasecmp(bytes, heads[i], length) == 0 && (!is_letter(*bytes) || !is_name(bytes[length])))
            return true;
    }
    size_t length = 0;
    while (is_name(bytes[length]))
        length++;
    return length > 0 && find_kind(bytes, length) && (is_space(bytes[length]) || strchr("/>", bytes[length])) &&
           bytes[length];
}

const char *markup_encoding(struct arena *arena, const char *bytes, size_t size)
{
    static const char word[] = "charset";
    const char *end = bytes + (size < HEAD_SIZE ? size : HEAD_SIZE);
    const char *at = bytes;
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (strncasecmp(at++, "<meta", 5) != 0)
            continue;
        for (; at < end && *at != '>'; at++) {
            if (strncasecmp(at, word, strlen(word)) != 0)
                continue;
            size_t gap = strspn(at + strlen(word), " \t\r\n=\"'"), length = 0;
            const char *name = at + strlen(word) + gap;
            while (is_name(name[length]))
                length++;
            if (gap > 0 && length > 0)
                return arena_copy(arena, name, length);
        }
    }
    return NULL;
}

struct fault *markup_read(struct arena *arena, const struct text *text, struct markup *markup)
{
    struct reader r = {.page = text->bytes, .size = text->size, .markup = markup};
    bool endless_comment = false;
    if (text->size > PAGE_LIMIT)
        return fault(arena, text->path, 0, "a web page of more than %d bytes, which is the limit: split it",
                     PAGE_LIMIT);
    /* `&lt;` is four times as long as what it stands for; so much do no attributes grow */
    *markup = (struct markup){.text = arena_alloc(arena, 4 * text->size + 64)};
    while (r.at < r.size) {
        const char *next = memchr(r.page + r.at, '<', r.size - r.at);
        put_text(&r, next ? (size_t)(next - r.page) : r.size);
        if (!next)
            break;
        struct tag tag;
        if (next[1] == '!' || next[1] == '?') {
            r.at = skip_declaration(&r, &endless_comment);
        } else if (read_tag(&r, r.at, &tag)) {
            take_tag(&r, &tag);
        } else {
            put_word(markup, "&lt;");
            r.at++;
        }
        if (r.depth > DEPTH_LIMIT)
            return fault(arena, text->path, text_line(text->bytes, r.at),
                         "elements within elements, more than %d deep, which is the limit: save it as plain text",
                         DEPTH_LIMIT);
    }
    markup->text[markup->length] = '\0';
    return NULL;
}
