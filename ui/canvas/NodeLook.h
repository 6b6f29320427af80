#pragma once

#include "chain/RouterStatus.h"
#include "node/NodeType.h"

#include <QColor>
#include <QString>

class QPainter;
class QPointF;

/// How kinds of nodes and their states are shown, wherever they are.
namespace sluice::nodelook {

/// The name of an icon for themedIcon() and tintedPixmap().
QString iconOf(const NodeType &type);
QColor colorOf(NodeKind kind);
/// "Receivers".
QString headingOf(NodeKind kind);
/// "receiver".
QString wordOf(NodeKind kind);

/// State by colour and by shape: filled when running, a ring when stopped, a cross when failed, a grey disc when finished.
void paintState(QPainter &painter, const QPointF &centre, NodeStatus::State state);

} // namespace sluice::nodelook
