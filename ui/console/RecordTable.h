#pragma once

#include "console/RecordTableModel.h"

#include <QTableView>

#include <optional>

namespace sluice {

/// The table of records. It follows the newest record until the reader scrolls away from the end, and again
/// when the reader comes back to it; while it does not follow, nothing that arrives or goes moves what is
/// seen.
class RecordTable : public QTableView
{
    Q_OBJECT

public:
    explicit RecordTable(RecordTableModel *model, QWidget *parent = nullptr);

    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);

    /// The selected record's row number, if one is current.
    std::optional<std::uint64_t> currentRow() const;
    /// Row number of the first record in view, if there is any.
    std::optional<std::uint64_t> topRow() const;

    void copySelection() const;

    /// Call after RecordTableModel::refresh(): keeps the end, or the anchor of a filter change, in view.
    void afterRefresh();

Q_SIGNALS:
    void followingChanged(bool following);
    /// Another record is current, or none; not when the current one was evicted.
    void currentRowChanged();

protected:
    void updateGeometries() override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void scrolled(int value);
    void scrollWithoutReader(int value);
    void updateMeasures();
    void rememberPlace();
    void restorePlace();

    RecordTableModel *const m_model;
    bool m_following = true;
    bool m_adjusting = false;               ///< the scroll bar moves, but the reader has not moved it
    std::optional<std::uint64_t> m_top;     ///< of the filter before: what was on top,
    std::optional<std::uint64_t> m_current; ///< and what was selected
    int m_currentOffset = 0;                ///< lines between the two
    bool m_restoring = false;
    int m_topBeforeEviction = 0;
    bool m_evictingCurrent = false;
};

} // namespace sluice
