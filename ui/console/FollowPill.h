#pragma once

#include <QAbstractButton>

namespace sluice {

/// The small button over the table's lower right corner: "Following", or where the view was stopped and how
/// much is new. A click brings one back to the end. It keeps itself in its parent's corner.
class FollowPill : public QAbstractButton
{
    Q_OBJECT

public:
    /// `anchor`: the widget in whose corner it stands, a descendant of `parent` or `parent` itself.
    FollowPill(QWidget *anchor, QWidget *parent);

    void showFollowing();
    /// `since`: time of day at which the view was stopped.
    void showStopped(const QString &since, bool frozen, quint64 newRecords);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void setWords(const QString &words, bool stopped, bool hasNews);
    void place();

    QWidget *const m_anchor;
    bool m_stopped = false;
    bool m_hasNews = false;
};

} // namespace sluice
