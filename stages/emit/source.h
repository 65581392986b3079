/* source: the lines of the parts that gave rows, in tables.xml; private to emit. */
#ifndef GONGBAO_SOURCE_H
#define GONGBAO_SOURCE_H

#include "../lib/markup.h"
#include "emit.h"

void source_write(struct markup *markup, const struct emission *emission);

#endif
