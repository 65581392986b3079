/* version: the one place that says which version of the programs this is. */
#ifndef GONGBAO_VERSION_H
#define GONGBAO_VERSION_H

#define GONGBAO_VERSION "0.1.0"

/* Of the output contract that this program keeps. */
#define CONTRACT_VERSION "1"

#endif
