#pragma once

#include <QAbstractButton>

namespace sluice {

class RecordTable;

/// Says whether a table follows: "Following", or in a narrow table a dot, at the right of its header, where it covers no record; or, as a
/// pill over the lower right corner, when the view was stopped and how much is new. A click brings one back
/// to the end.
class FollowPill : public QAbstractButton
{
    Q_OBJECT

public:
    /// `anchor`: the table, a descendant of `parent`.
    FollowPill(RecordTable *anchor, QWidget *parent);

    void showFollowing();
    /// Rows are being sorted by time; so much is done, 0 to 100.
    void showSorting(int percent);
    /// `since`: time of day at which the view was stopped.
    void showStopped(const QString &since, bool frozen, quint64 newRecords);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void setWords(const QString &words, bool stopped, bool hasNews);
    void place();

    RecordTable *const m_anchor;
    bool m_stopped = false;
    bool m_hasNews = false;
    bool m_isDot = false; ///< there is no room for words beside the header's own
};

} // namespace sluice
