#pragma once

#include "chain/DictConfigParts.h"
#include "chain/PythonHandlers.h"
#include "node/NodeType.h"

#include <QJsonObject>

#include <string>

namespace sluice {

/// What a handler's section of a dictConfig says to its constructor, and about the formatter and attributes.
struct HandlerArguments
{
    QJsonObject params;
    /// Why the handler cannot be run here; empty if it can.
    std::string reason;
};

/// Leaves out filters, and what becomes a wire (target, handlers). What is wrong in itself is left in the parameters, for the
/// node's own check to say.
HandlerArguments readHandlerArguments(const QJsonObject &section, const PythonHandler &python, const NodeType &type,
                                      const DictConfigParts &parts);

} // namespace sluice
