// The scans stand whole in the header, so that the Swift compiler can inline them; a target needs a source file all the same.
#include "CScan.h"
