// All stands in the header, so that the Swift compiler can inline it; a target needs a source file all the same.
#include "CMemory.h"
