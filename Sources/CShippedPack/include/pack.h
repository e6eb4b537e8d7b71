#pragma once
#include <stddef.h>

/// One file of the shipped pack.
struct toxwatch_pack_file {
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t length;
};

/// How many files there are.
size_t toxwatch_pack_count(void);

/// The file of that number, from 0.
struct toxwatch_pack_file toxwatch_pack_file(size_t index);
