#pragma once

#include <QString>

class QPainter;
class QRect;

namespace sluice {

class RecordTableModel;

/// The line above a record where its sender had been started anew, or a session of the program begins, and what it says.
namespace reconnectline {

/// "worker started again: process 4711", "above: from the last session", "session of 2026-11-21 14:03:05"; empty if nothing happened between the row above
/// and this one.
QString words(const RecordTableModel &model, int row);

/// In the row's place, over what stands there.
void paint(QPainter &painter, const QRect &rect, const RecordTableModel &model, int row);

} // namespace reconnectline
} // namespace sluice
