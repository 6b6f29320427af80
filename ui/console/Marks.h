#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <map>
#include <optional>

namespace sluice {

/// The records that the reader has marked, and the notes on them; the same in all views of a capture. For the
/// UI thread.
class Marks : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxMarks = 100'000;
    static constexpr qsizetype maxNote = 10'000;

    using QObject::QObject;

    bool contains(std::uint64_t row) const { return m_marks.contains(row); }
    QString note(std::uint64_t row) const;
    std::size_t size() const { return m_marks.size(); }
    const std::map<std::uint64_t, QString> &all() const { return m_marks; }

    void toggle(std::uint64_t row);
    /// Marks the row if it is not marked; what is longer than maxNote is cut.
    void setNote(std::uint64_t row, const QString &note);
    /// Adds marks that were kept; those that are there already stay as they are.
    void restore(const std::map<std::uint64_t, QString> &kept);
    /// Forgets those of records that the capture has let go.
    void removeBelow(std::uint64_t row);
    void clear();

Q_SIGNALS:
    void changed();

private:
    std::map<std::uint64_t, QString> m_marks;
};

} // namespace sluice
