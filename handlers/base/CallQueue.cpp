#include "base/CallQueue.h"
