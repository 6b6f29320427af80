#pragma once

#include "capture/CaptureSnapshot.h"

#include <QCache>
#include <QString>
#include <QStringList>

#include <optional>
#include <string_view>
#include <vector>

namespace sluice {

/// The texts of columns that show an attribute or an extra field. Such a text needs the whole record to be
/// decoded, so those seen last are kept. For the UI thread.
class RecordCells
{
public:
    RecordCells();

    /// Which fields there are; what was kept is forgotten.
    void setFields(std::vector<QString> fields);

    /// Text of the field so numbered, of a row that the snapshot contains; empty if it has none. One line, and
    /// only the beginning of what is long. Nothing too while the record is read from a disk.
    QString text(const CaptureSnapshot &snapshot, std::uint64_t row, std::size_t field);

private:
    std::vector<QString> m_fields;
    QCache<quint64, QStringList> m_rows;
};

/// An attribute or extra field by its path: the whole name first, then part by part ("user.id", "items.0").
std::optional<Value> valueAt(const LogRecord &record, std::string_view path);

/// As a cell shows a value: text as it is, numbers as Python writes them, dicts and lists as JSON.
QString cellWords(const Value &value);

} // namespace sluice
