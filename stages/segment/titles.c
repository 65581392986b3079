/* titles: where a document begins inside the gazette. A title stands at the top
 * of a page or after a wide gap, in short lines that are no sentence, ends with a
 * word for a document, and has bylines below it: where it was given, who speaks,
 * where it was passed. In: lines whose pages are known. */
#include "segment.h"

#include <string.h>

enum {
    LONGEST_TITLE = 6, /* lines */
    MOST_BYLINES = 8,
    BYLINES_BELOW = 16, /* other lines may stand between in the head of a web page */
    WIDE_GAP = 4,       /* a line this far below the one before stands apart */
};

/* A text whose lines are paragraphs, as web pages have them, sets titles apart by
 * nothing but their words. */
static bool is_unwrapped(const struct segment_text *text)
{
    return text->measure.full == 0;
}

/* Whether a line begins what the input marks as a heading. */
static bool begins_heading(const struct segment_text *text, size_t index)
{
    return text->lines[index].is_heading && (index == 0 || !text->lines[index - 1].is_heading);
}

/* How a line stands below the text before it. */
enum standing {
    GOES_ON,  /* that is left unfinished */
    FINISHED, /* that is finished: no more tells the line from the next paragraph */
    APART     /* that is finished, and the line begins a page or stands below a gap */
};

static enum standing standing_of(const struct segment_text *text, size_t index)
{
    size_t above = index;
    while (above > 0 && record_kind_is_margin(text->lines[above - 1].kind))
        above--;
    if (above == 0 || begins_heading(text, index))
        return APART;
    const struct segment_line *before = &text->lines[above - 1], *line = &text->lines[index];
    bool finished = before->shape.space_at_end || before->shape.ends_sentence || before->kind != RECORD_LINE ||
                    !line_is_full(&before->shape, &line->shape, &text->measure);
    if (!finished)
        return GOES_ON;
    return line->begins_page || is_unwrapped(text) || line->number - before->number >= WIDE_GAP ? APART : FINISHED;
}

static bool may_be_title(const struct segment_text *text, size_t index)
{
    const struct segment_line *line = &text->lines[index];
    struct match match;
    return line->kind == RECORD_LINE && !line->shape.ends_sentence &&
           !rule_whole(rules_in(text->rules, "cover"), line->normal.text, line->normal.length, &match) &&
           !rule_at(rules_in(text->rules, "heading"), line->normal.text, line->normal.length, 0, &match);
}

static bool is_byline(const struct segment_text *text, size_t index, struct match *match)
{
    const struct normal *normal = &text->lines[index].normal;
    return rule_whole(rules_in(text->rules, "byline"), normal->text, normal->length, match);
}

/* The normal form of lines [first, first + count) put together. */
static struct normal join(const struct segment_text *text, size_t first, size_t count)
{
    size_t length = 0, at = 0;
    for (size_t i = first; i < first + count; i++)
        length += text->lines[i].length + 1;
    char *printed = arena_alloc(text->arena, length + 1);
    for (size_t i = first; i < first + count; i++) {
        memcpy(printed + at, text->lines[i].text, text->lines[i].length);
        at += text->lines[i].length;
        printed[at++] = '\n';
    }
    return text_normal_form(text->arena, printed, at);
}

/* Where the byline begins that is printed on the line of a title (`…报告——2025年1月12日在…`);
 * the length of the title if there is none. */
static size_t title_end(const struct segment_text *text, const struct normal *title)
{
    struct match match;
    return rule_find(rules_in(text->rules, "title-tail"), title->text, title->length, 0, &match) ? match.from
                                                                                                 : title->length;
}

static bool ends_like_title(const struct segment_text *text, size_t first, size_t count, const char **rule)
{
    struct normal title = join(text, first, count);
    struct match match;
    if (!rule_find(rules_in(text->rules, "title"), title.text, title_end(text, &title), 0, &match))
        return false;
    *rule = match.rule->id;
    return true;
}

static bool is_strong_byline(const struct segment_text *text, size_t index, struct match *match)
{
    const struct normal *normal = &text->lines[index].normal;
    return rule_whole(rules_in(text->rules, "byline-strong"), normal->text, normal->length, match);
}

/* How many lines from first may be a title at all. A line that could be a byline
 * ends it only where the title is complete: 关于澜江市人民代表大会常务委员会 may
 * go on with 工作报告的决议. */
static size_t title_reach(const struct segment_text *text, size_t first)
{
    size_t count = 0;
    while (first + count < text->count && count < LONGEST_TITLE && may_be_title(text, first + count)) {
        const struct segment_line *line = &text->lines[first + count];
        struct match match;
        const char *rule;
        if (count > 0 && (line->number - line[-1].number >= WIDE_GAP || line->begins_page ||
                          (line[-1].is_heading && !line->is_heading) ||
                          (is_byline(text, first + count, &match) && ends_like_title(text, first, count, &rule))))
            break;
        count++;
    }
    return count;
}

/* Whether a line begins with the mark of a first heading or point: what stands above does
 * not run on into it. */
static bool is_first(const struct segment_text *text, size_t index)
{
    const struct normal *normal = &text->lines[index].normal;
    struct match match;
    size_t from, to, bytes;
    return rule_at(rules_in(text->rules, "heading"), normal->text, normal->length, 0, &match) &&
           match_group(&match, "number", &from, &to) && text_numeral(normal->text, to, from, &bytes) == 1;
}

/* Whether a line breaks off at the margin, so that a sentence goes on below. */
static bool breaks_off(const struct segment_text *text, size_t index)
{
    const struct segment_line *line = &text->lines[index];
    return index + 1 < text->count && line_runs_on(&line->shape, &line[1].shape, false, &text->measure) &&
           !is_first(text, index + 1);
}

/* The number of lines of the title at first, 0 if there is none; *rule is what
 * its ending matched. */
static size_t title_length(const struct segment_text *text, size_t first, const char **rule)
{
    struct match match;
    for (size_t count = title_reach(text, first); count > 0; count--) {
        size_t next = first + count;
        bool open = breaks_off(text, next - 1) && !is_strong_byline(text, next, &match);
        if (!open && ends_like_title(text, first, count, rule))
            return count;
    }
    return 0;
}

/* The index after the bylines below a title. A page may end between them where the input
 * marks the title. */
static size_t bylines_end(const struct segment_text *text, size_t from)
{
    size_t end = from + MOST_BYLINES < text->count ? from + MOST_BYLINES : text->count, after = from;
    bool over_pages = text->lines[from - 1].is_heading;
    struct match match;
    for (size_t i = from; i < end; i++) {
        if (over_pages && record_kind_is_margin(text->lines[i].kind))
            continue;
        if (text->lines[i].kind != RECORD_LINE || (text->lines[i].begins_page && !over_pages) ||
            !is_byline(text, i, &match))
            break;
        after = i + 1;
    }
    return after;
}

static void mark_bylines(struct segment_text *text, size_t from, size_t end)
{
    for (; from < end; from++) {
        struct match match;
        if (text->lines[from].kind != RECORD_LINE)
            continue;
        text->lines[from].kind = RECORD_BYLINE;
        text->lines[from].rule = is_byline(text, from, &match) ? match.rule->id : NULL;
    }
}

/* Whether a title ends with a byline, or one of the lines below it is one. */
static bool has_strong_byline(const struct segment_text *text, size_t from, size_t end)
{
    const struct normal *last = &text->lines[from - 1].normal;
    struct match match;
    if (title_end(text, last) < last->length)
        return true;
    while (from < end && !is_strong_byline(text, from, &match))
        from++;
    return from < end;
}

static void mark_title(struct segment_text *text, size_t first, size_t count, const char *rule)
{
    for (size_t i = first; i < first + count; i++) {
        text->lines[i].kind = RECORD_TITLE;
        text->lines[i].goes_on = i > first;
        text->lines[i].rule = rule;
    }
}

static bool begins_paragraph(const struct segment_text *text, size_t index)
{
    enum { PARAGRAPH = 60 };
    const struct line_shape *shape = &text->lines[index].shape;
    return (shape->ends_sentence && shape->width >= PARAGRAPH) ||
           (breaks_off(text, index) && breaks_off(text, index + 1));
}

/* The lines above the first paragraph of a text: a web page's head, a cover. */
static size_t head_length(const struct segment_text *text)
{
    enum { LONGEST_HEAD = 200 };
    size_t i = 0;
    while (i < text->count && i < LONGEST_HEAD && !begins_paragraph(text, i))
        i++;
    return i;
}

static bool begins_like_title(const struct segment_text *text, size_t index)
{
    const struct normal *normal = &text->lines[index].normal;
    struct match match;
    return rule_at(rules_in(text->rules, "title-start"), normal->text, normal->length, 0, &match);
}

/* Where the title that ends with a line begins: there, or at a line shortly above
 * that begins like one (关于…). */
static size_t title_start(const struct segment_text *text, size_t last)
{
    for (size_t i = last + 1; i-- > 0 && last - i < LONGEST_TITLE && may_be_title(text, i);)
        if (begins_like_title(text, i))
            return i;
    return last;
}

/* A text that is one document has its title in its head, among whatever else stands
 * there: the last line that ends like a title, with what looks like a byline below. */
static void find_head_title(struct segment_text *text)
{
    size_t end = head_length(text), last = end;
    const char *rule = NULL;
    for (size_t i = 0; i < end; i++)
        if (may_be_title(text, i) && !breaks_off(text, i) && ends_like_title(text, i, 1, &rule))
            last = i;
    if (last == end)
        return;
    size_t first = title_start(text, last);
    mark_title(text, first, last + 1 - first, rule);
    for (size_t i = last + 1; i < end; i++) {
        struct match match;
        if (!is_strong_byline(text, i, &match))
            continue;
        text->lines[i].kind = RECORD_BYLINE;
        text->lines[i].rule = match.rule->id;
    }
}

/* Whether one of the lines below a title that begins at first may be a byline (——, or a
 * bracket before a date): a title that does not stand apart needs one right below. */
static bool may_have_byline(const struct segment_text *text, size_t first)
{
    for (size_t i = first + 1; i < text->count && i <= first + LONGEST_TITLE; i++) {
        const struct normal *normal = &text->lines[i].normal;
        size_t bytes;
        uint32_t character = text_character(normal->text, normal->length, 0, &bytes);
        if (character == 0x2014) /* — */
            return true;
        if (character_opens(character) && character_is_digit((unsigned char)normal->text[bytes]))
            return true;
    }
    return false;
}

/* A title that has been found. */
struct title {
    size_t first, count;
};

/* Whether lines tell the title again that stands shortly above on the page: web pages
 * print it in their head and over the text. */
static bool repeats(const struct segment_text *text, const struct title *title, size_t first, size_t count)
{
    if (title->count == 0 || first - title->first > BYLINES_BELOW || text->lines[first].begins_page)
        return false;
    struct normal before = join(text, title->first, title->count), again = join(text, first, count);
    return before.length == again.length && memcmp(before.text, again.text, again.length) == 0;
}

void titles_find(struct segment_text *text)
{
    struct title last = {.count = 0};
    struct match match;
    for (size_t i = 0; i < text->count; i++) {
        if (text->lines[i].kind != RECORD_LINE)
            continue;
        enum standing standing = standing_of(text, i);
        if (standing == GOES_ON || (standing == FINISHED && !may_have_byline(text, i)) || !may_be_title(text, i))
            continue;
        const char *rule = NULL;
        size_t length = title_length(text, i, &rule);
        if (length == 0 ||
            (standing == FINISHED && !(i + length < text->count && is_strong_byline(text, i + length, &match))))
            continue;
        size_t end = bylines_end(text, i + length);
        /* Only what stands below can tell a title in the middle of a page. */
        bool at_top = text->lines[i].begins_page || begins_heading(text, i);
        if (!at_top && !has_strong_byline(text, i + length, end) && !(is_unwrapped(text) && begins_like_title(text, i)))
            continue;
        size_t first = at_top ? i : title_start(text, i + length - 1);
        if (first < i)
            first = i;
        mark_bylines(text, i + length, end);
        if (!repeats(text, &last, first, i + length - first)) {
            last = (struct title){first, i + length - first};
            mark_title(text, last.first, last.count, rule);
        }
        i = end - 1;
    }
    if (last.count == 0)
        find_head_title(text);
}

static const char *group(const struct segment_text *text, const struct normal *normal, const struct match *match,
                         const char *name)
{
    size_t from, to;
    return match_group(match, name, &from, &to) ? arena_copy(text->arena, normal->text + from, to - from) : NULL;
}

static long numeral(const char *digits)
{
    size_t bytes;
    return digits ? text_numeral(digits, strlen(digits), 0, &bytes) : -1;
}

static void read_date(const struct segment_text *text, const struct normal *line, struct segment_document *document)
{
    struct match match;
    if (document->date || !rule_find(rules_in(text->rules, "date"), line->text, line->length, 0, &match))
        return;
    long year = numeral(group(text, line, &match, "year")), month = numeral(group(text, line, &match, "month")),
         day = numeral(group(text, line, &match, "day"));
    if (year < 0)
        return;
    document->year = arena_printf(text->arena, "%04ld", year);
    if (month < 0)
        document->date = document->year;
    else if (day < 0)
        document->date = arena_printf(text->arena, "%04ld-%02ld", year, month);
    else
        document->date = arena_printf(text->arena, "%04ld-%02ld-%02ld", year, month, day);
}

static void read_place(const struct segment_text *text, const struct normal *line, struct segment_document *document)
{
    struct match match;
    if (!document->place && rule_find(rules_in(text->rules, "place"), line->text, line->length, 0, &match))
        document->place = group(text, line, &match, "place");
}

static void read_speaker(const struct segment_text *text, const struct normal *line, struct segment_document *document)
{
    struct match match;
    if (!document->speaker && rule_whole(rules_in(text->rules, "speaker"), line->text, line->length, &match))
        document->speaker = group(text, line, &match, "name");
}

/* The lines of the record that begins at first. */
static size_t record_lines(const struct segment_text *text, size_t first)
{
    size_t count = 1;
    while (first + count < text->count && text->lines[first + count].goes_on)
        count++;
    return count;
}

/* Whether a name is the whole of a short one: 甘南藏族自治州 of 甘南州. */
static bool is_whole_name(const char *name, const char *of)
{
    size_t bytes, length = strlen(name), short_length = strlen(of);
    uint32_t kind = text_character_before(of, short_length, &bytes);
    return length > short_length && strncmp(name, of, short_length - bytes) == 0 &&
           text_character_before(name, length, &bytes) == kind;
}

/* Where the title and bylines of a text that is one document name no place, or name it
 * in short, its head and first lines may: 在青原市 over 第十四届人民代表大会, 代表云岭省
 * 人民政府. The day may stand beside it. */
static void read_head(const struct segment_text *text, size_t title_end, struct segment_document *document)
{
    enum { OPENING = 6 };
    size_t end = head_length(text);
    end = (title_end > end ? title_end : end) + OPENING;
    for (size_t i = 0; i < end && i < text->count; i++) {
        struct normal lines = join(text, i, i + 1 < text->count ? 2 : 1);
        struct match match;
        if (!rule_find(rules_in(text->rules, "place-head"), lines.text, lines.length, 0, &match))
            continue;
        const char *place = group(text, &lines, &match, "place");
        if (place && (!document->place || is_whole_name(place, document->place)))
            document->place = place;
        lines.length = match.from;
        read_date(text, &lines, document);
    }
}

static bool is_first_title(const struct segment_text *text, size_t first)
{
    while (first > 0 && text->lines[first - 1].kind != RECORD_TITLE)
        first--;
    return first == 0;
}

struct segment_document document_read(const struct segment_text *text, size_t first)
{
    size_t count = record_lines(text, first);
    struct normal title = join(text, first, count);
    struct match lead;
    bool led = rule_at(rules_in(text->rules, "title-lead"), title.text, title.length, 0, &lead);
    size_t end_of_title = title_end(text, &title), from = led ? lead.to : 0;
    struct segment_document document = {.title = arena_copy(text->arena, title.text + from, end_of_title - from)};
    for (size_t i = first + count, end = i + BYLINES_BELOW; i < text->count && i < end; i += count) {
        count = 1;
        if (text->lines[i].kind == RECORD_TITLE)
            break;
        if (text->lines[i].kind != RECORD_BYLINE)
            continue;
        count = record_lines(text, i);
        struct normal line = join(text, i, count);
        read_date(text, &line, &document);
        read_place(text, &line, &document);
        read_speaker(text, &line, &document);
    }
    read_place(text, &title, &document);
    read_date(text, &title, &document);
    if (is_first_title(text, first))
        read_head(text, first + record_lines(text, first), &document);
    return document;
}
