#pragma once

#include "chain/ChainEdit.h"

namespace sluice {

class ChainEditor;

/// Is told what becomes of an edited chain, on the thread that edits it, after each change. Does not edit.
class ChainObserver
{
public:
    virtual ~ChainObserver() = default;

    /// One change was made or taken back.
    virtual void chainEdited(const ChainEdit &edit) = 0;
    /// Another chain is edited from now on.
    virtual void chainReplaced() = 0;
    /// A step is done: what can be undone and redone, and whether it is modified, may be otherwise.
    virtual void historyChanged() = 0;
};

} // namespace sluice
