#include "console/Highlights.h"
