#pragma once
// Of the C library, but not among what Swift imports with it.
#include <sys/signalfd.h>
