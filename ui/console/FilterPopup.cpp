#include "console/FilterPopup.h"

#include "console/FilterCandidates.h"
#include "look/Appearance.h"

#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int maxVisibleRows = 10;
constexpr int minWidth = 280;
constexpr int maxWidth = 560;
constexpr int rowHeight = 24;

/// What is typed on the left, what it means on the right.
class CandidateDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, qMax(rowHeight, QFontMetrics(Appearance::logFont()).height() + 6)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Appearance::theme();
        const bool current = option.state & QStyle::State_Selected;
        if (current || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.color(current ? "selection" : "hover"));
            painter->setRenderHint(QPainter::Antialiasing);
            painter->drawRoundedRect(option.rect, 4, 4);
        }
        const QRect place = option.rect.adjusted(8, 0, -8, 0);
        painter->setFont(Appearance::logFont());
        painter->setPen(theme.color(current ? "selectionText" : "text"));
        const QString text = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, place.width());
        const int used = painter->fontMetrics().horizontalAdvance(text);
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
        const int left = qMax(used + 16, 168);
        if (left >= place.width())
            return;
        painter->setFont(Appearance::smallFont());
        painter->setPen(theme.color(current ? "selectionText" : "secondary"));
        painter->drawText(place.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data(FilterCandidates::HelpRole).toString(),
                                                            Qt::ElideRight, place.width() - left));
    }
};

} // namespace

FilterPopup::FilterPopup(QWidget *field)
    : QFrame(field), m_field(field), m_candidates(new FilterCandidates(this)), m_problem(new QLabel),
      m_list(new QListView)
{
    setObjectName(QStringLiteral("filterPopup"));
    setAccessibleName(tr("Filter help"));
    setFocusPolicy(Qt::NoFocus);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_list->setObjectName(QStringLiteral("filterCandidates"));
    m_list->setAccessibleName(tr("What may be typed here"));
    m_list->setModel(m_candidates);
    m_list->setItemDelegate(new CandidateDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_problem);
    layout->addWidget(m_list);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { Q_EMIT chosen(index.row()); });
    connect(m_candidates, &QAbstractItemModel::modelReset, this, [this] { setCurrentRow(-1); });
    hide();
}

QString FilterPopup::problem() const { return m_problem->text(); }

void FilterPopup::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setAccessibleName(sentence.isEmpty() ? tr("No problem") : sentence);
    refresh();
}

bool FilterPopup::isListOpen() const { return m_open && m_candidates->rowCount() > 0 && !isHidden(); }

void FilterPopup::setListOpen(bool open)
{
    m_open = open;
    if (!open)
        setCurrentRow(-1);
    refresh();
}

int FilterPopup::currentRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void FilterPopup::setCurrentRow(int row)
{
    if (row < 0) {
        m_list->setCurrentIndex({});
        m_list->scrollToTop();
    } else {
        m_list->setCurrentIndex(m_candidates->index(row));
        m_list->scrollTo(m_list->currentIndex());
    }
}

void FilterPopup::step(int by)
{
    const int rows = m_candidates->rowCount();
    // The place beyond the ends is that of no row.
    const int place = (currentRow() + 1 + by + rows + 1) % (rows + 1);
    setCurrentRow(place - 1);
}

void FilterPopup::refresh()
{
    const bool list = m_open && m_candidates->rowCount() > 0;
    const bool problem = !m_problem->text().isEmpty();
    m_list->setVisible(list);
    m_problem->setVisible(problem);
    if ((!list && !problem) || !m_field->hasFocus() || !m_field->isVisible()) {
        hide();
        return;
    }
    QWidget *window = m_field->window();
    if (parentWidget() != window)
        setParent(window);
    const int width = qMin(qBound(minWidth, m_field->width(), maxWidth), window->width() - 16);
    const int rows = qMin(m_candidates->rowCount(), maxVisibleRows);
    m_list->setFixedHeight(list ? rows * m_list->sizeHintForRow(0) : 0);
    setFixedWidth(width);
    setFixedHeight(layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : layout()->totalSizeHint().height());
    const QPoint below = m_field->mapTo(window, QPoint(0, m_field->height() + 2));
    const int above = below.y() - m_field->height() - 4 - height();
    const bool fits = below.y() + height() <= window->height() - 8 || above < 8;
    move(qMax(8, qMin(below.x(), window->width() - width - 8)), fits ? below.y() : above);
    show();
    raise();
}

} // namespace sluice
