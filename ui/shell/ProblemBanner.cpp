#include "shell/ProblemBanner.h"

#include "console/TextBlock.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

namespace sluice {

namespace {

constexpr std::size_t maxShown = 200;
constexpr int maxListHeight = 168;

} // namespace

ProblemBanner::ProblemBanner(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("banner"));
    setAccessibleName(tr("Problems"));
    hide();
}

void ProblemBanner::build()
{
    m_title = new QLabel;
    m_icon = new QLabel;
    m_scroll = new QScrollArea;
    m_title->setObjectName(QStringLiteral("bannerTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::TabFocus);

    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("flat"));
    close->setIcon(themedIcon(QStringLiteral("close")));
    close->setIconSize(QSize(16, 16));
    close->setAccessibleName(tr("Close the list of problems"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_icon, 0, 0, Qt::AlignTop);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(makeCopyButton(
                          tr("Copy the problems"), [this] { return m_text; }, this),
                      0, 2, Qt::AlignTop);
    layout->addWidget(close, 0, 3, Qt::AlignTop);
    layout->addWidget(m_scroll, 1, 1, 1, 3);
    layout->setColumnStretch(1, 1);
}

void ProblemBanner::showProblems(const QString &title, const Problems &problems)
{
    if (!m_title)
        build();
    m_icon->setPixmap(tintedPixmap(QStringLiteral("warning"), 16, devicePixelRatioF(),
                                   Appearance::theme().color("problem")));
    m_title->setText(title);
    m_text = title + QLatin1Char('\n');
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < problems.size() && i < maxShown; ++i) {
        const int row = static_cast<int>(i);
        auto *place = new QLabel(QString::fromStdString(problems[i].place));
        place->setFont(Appearance::logFont());
        place->setTextFormat(Qt::PlainText);
        place->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *sentence = new QLabel(QString::fromStdString(problems[i].text));
        sentence->setTextFormat(Qt::PlainText);
        sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
        sentence->setWordWrap(true);
        const bool hasPlace = !problems[i].place.empty();
        if (hasPlace)
            grid->addWidget(place, row, 0, Qt::AlignTop);
        else
            delete place;
        grid->addWidget(sentence, row, hasPlace ? 1 : 0, 1, hasPlace ? 1 : 2);
    }
    for (const Problem &problem : problems)
        m_text += QString::fromStdString(problem.place + ": " + problem.text) + QLatin1Char('\n');
    if (problems.size() > maxShown)
        grid->addWidget(new QLabel(tr("… and %1 more").arg(problems.size() - maxShown)),
                        static_cast<int>(maxShown), 0, 1, 2);
    grid->setRowStretch(grid->rowCount(), 1);
    m_scroll->setWidget(list);
    m_scroll->setVisible(!problems.empty());
    show();
    list->adjustSize();
    m_scroll->setFixedHeight(qMin(maxListHeight, list->heightForWidth(m_scroll->viewport()->width()) > 0
                                                     ? list->heightForWidth(m_scroll->viewport()->width())
                                                     : list->sizeHint().height()));
}

void ProblemBanner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        hide();
        Q_EMIT closed();
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace sluice
