#include "shell/FileAssociation.h"

namespace sluice::fileassociation {

bool isOffered() { return false; }

bool isSet() { return false; }

Status set(bool) { return Error{"The desktop knows from the installed package what opens projects."}; }

} // namespace sluice::fileassociation
