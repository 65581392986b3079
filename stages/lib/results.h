/* results: the list of what has become of the inputs of a run, which publish prints and
 * report and collect read: a line for each input, in the order of the plan. */
#ifndef GONGBAO_RESULTS_H
#define GONGBAO_RESULTS_H

#include "records.h"

/* Its columns. Numbers are empty where they are not known. */
enum result_column {
    RESULT_ID,
    RESULT_FOLDER, /* where the result belongs; of a failed input it is an earlier one, or not there */
    RESULT_STATUS, /* converted; empty: nothing was recognised; failed */
    RESULT_BYTES,  /* of the input */
    RESULT_LINES,  /* of decoded.txt */
    RESULT_DOCUMENTS,
    RESULT_FIRST_TABLE,                                /* rows of each table, in the order of tables */
    RESULT_MESSAGE = RESULT_FIRST_TABLE + TABLE_COUNT, /* why it failed or is empty */
    RESULT_MAKING,                                     /* new: made by this run; same: as it was */
    RESULT_COLUMNS
};

#define RESULT_CONVERTED "converted"
#define RESULT_EMPTY "empty"
#define RESULT_FAILED "failed"
#define RESULT_NEW "new"
#define RESULT_SAME "same"

#endif
