#include "console/FirstRunHint.h"

#include "look/Appearance.h"
#include "look/Icons.h"

#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int roomyLines = 40;

} // namespace

FirstRunHint::FirstRunHint(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_explanation(new QLabel), m_codeFrame(new QFrame),
      m_code(new QLabel), m_levelHint(new QLabel),
      m_copy(new QPushButton(themedIcon(QStringLiteral("copy")), tr("Copy"))),
      m_retry(new QPushButton(tr("Try again"))),
      m_open(new QPushButton(themedIcon(QStringLiteral("open")), tr("Open…")))
{
    setObjectName(QStringLiteral("firstRunHint"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setWeight(QFont::DemiBold); // as the style sheet has it: no other font is loaded to measure it before
    m_title->setFont(font);
    m_title->setObjectName(QStringLiteral("title"));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_explanation->setObjectName(QStringLiteral("secondary"));
    m_explanation->setAlignment(Qt::AlignCenter);
    m_explanation->setWordWrap(true);
    m_levelHint->setObjectName(QStringLiteral("secondary"));
    m_levelHint->setAlignment(Qt::AlignCenter);
    m_levelHint->setWordWrap(true);
    m_levelHint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_levelHint->setText(tr(
        "Python sends warnings and errors alone, unless told logging.getLogger().setLevel(logging.DEBUG)."));
    m_codeFrame->setObjectName(QStringLiteral("code"));
    m_code->setFont(Appearance::logFont());
    m_code->setTextFormat(Qt::PlainText);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAccessibleName(tr("Python that connects"));
    m_copy->setAccessibleName(tr("Copy the lines of Python"));

    auto *codeLayout = new QHBoxLayout(m_codeFrame);
    codeLayout->setContentsMargins(16, 12, 12, 12);
    codeLayout->setSpacing(16);
    codeLayout->addWidget(m_code, 1);
    codeLayout->addWidget(m_copy, 0, Qt::AlignTop);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_retry);
    buttons->addWidget(m_open);
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_explanation);
    layout->addSpacing(8);
    layout->addWidget(m_codeFrame, 0, Qt::AlignHCenter);
    layout->addWidget(m_levelHint);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    layout->addStretch(3);

    connect(m_copy, &QPushButton::clicked, this, &FirstRunHint::copy);
    connect(m_retry, &QPushButton::clicked, this, &FirstRunHint::retryRequested);
    connect(m_open, &QPushButton::clicked, this, &FirstRunHint::openRequested);
    showIdle();
}

void FirstRunHint::showListening(const QString &endpoint)
{
    const qsizetype colon = endpoint.lastIndexOf(QLatin1Char(':'));
    QString host = endpoint.left(colon);
    if (host.startsWith(QLatin1Char('[')))
        host = host.mid(1, host.size() - 2);
    if (host == QStringLiteral("0.0.0.0") || host == QStringLiteral("::"))
        host = QStringLiteral("127.0.0.1");
    m_lines = QStringLiteral("import logging, logging.handlers\n"
                             "handler = logging.handlers.SocketHandler('%1', %2)\n"
                             "logging.getLogger().addHandler(handler)")
                  .arg(host, endpoint.mid(colon + 1));
    m_code->setText(m_lines);
    setTitle(tr("Listening on %1").arg(endpoint),
             tr("Records of a Python program appear here as soon as it runs these three lines.\n"
                "What else is received, and where, stands in the chain.\nOr drop a project or a log file on this window."),
             false);
    m_codeFrame->show();
    m_retry->hide();
    m_isListening = true;
    fit();
}

void FirstRunHint::showFailure(const QString &sentence)
{
    setTitle(sentence,
             tr("The rest of the chain is running. End the other program or open a project with another "
                "port, and try again."),
             true);
    m_codeFrame->hide();
    m_retry->show();
    m_isListening = false;
    fit();
}

void FirstRunHint::showIdle()
{
    setTitle(tr("No records yet"),
             tr("Open a project that receives records, or a log file, or drop either on this window."),
             false);
    m_codeFrame->hide();
    m_retry->hide();
    m_isListening = false;
    fit();
}

void FirstRunHint::setTitle(const QString &title, const QString &explanation, bool isFailure)
{
    m_title->setText(title);
    m_title->setForegroundRole(isFailure ? QPalette::BrightText : QPalette::WindowText);
    m_explanation->setText(explanation);
}

void FirstRunHint::fit()
{
    m_levelHint->setVisible(m_isListening);
    if (m_explanation->isHidden())
        m_explanation->show();
    // Nothing is measured where nobody sees it, or where there is room for all in any case.
    if (!isVisible() || height() >= roomyLines * fontMetrics().height())
        return;
    for (QLabel *label : {m_levelHint, m_explanation}) {
        layout()->activate();
        if (layout()->totalHeightForWidth(width()) > height())
            label->hide();
    }
}

void FirstRunHint::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void FirstRunHint::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fit();
}

void FirstRunHint::copy()
{
    QGuiApplication::clipboard()->setText(m_lines + QLatin1Char('\n'));
    m_copy->setText(tr("Copied"));
    m_copy->setIcon(themedIcon(QStringLiteral("check")));
    QTimer::singleShot(1500, this, [this] {
        m_copy->setText(tr("Copy"));
        m_copy->setIcon(themedIcon(QStringLiteral("copy")));
    });
}

} // namespace sluice
