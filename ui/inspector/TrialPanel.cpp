#include "inspector/TrialPanel.h"

#include "handler/HandlerTrial.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace sluice {

TrialPanel::TrialPanel(ChainEditor &editor, const FormContext &context, QWidget *parent)
    : QFrame(parent), m_editor(editor), m_context(context), m_try(new QPushButton), m_send(new QPushButton(tr("Send a test record"))),
      m_cancel(new QPushButton(tr("Cancel"))), m_result(new QWidget), m_icon(new QLabel), m_words(new QLabel)
{
    setObjectName(QStringLiteral("trial"));
    setAccessibleName(tr("Test of the node"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->setAccessibleName(tr("What the test found"));
    for (QPushButton *button : {m_try, m_send, m_cancel})
        button->setObjectName(QStringLiteral("compact"));
    m_try->setToolTip(tr("Nothing is sent or written."));
    m_send->setToolTip(tr("One record of the logger sluice.test and level INFO really goes out."));
    auto *resultLayout = new QHBoxLayout(m_result);
    resultLayout->setContentsMargins(0, 0, 0, 0);
    resultLayout->setSpacing(8);
    resultLayout->addWidget(m_icon, 0, Qt::AlignTop);
    resultLayout->addWidget(m_words, 1);
    resultLayout->addWidget(m_cancel, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_try);
    buttons->addWidget(m_send);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addLayout(buttons);
    layout->addWidget(m_result);
    connect(m_try, &QPushButton::clicked, this, [this] { start(false); });
    connect(m_send, &QPushButton::clicked, this, [this] { start(true); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_runner.cancel();
        say(State::Quiet, {});
    });
    connect(&m_runner, &TrialRunner::finished, this, [this](bool ok, const QString &sentence) {
        say(ok ? State::Good : State::Bad, sentence);
    });
    say(State::Quiet, {});
}

void TrialPanel::showNode(const std::string &id)
{
    if (id == m_id && !id.empty())
        return;
    m_id = id;
    m_runner.cancel();
    say(State::Quiet, {});
    const ChainNode *node = m_editor.chain().node(id);
    const bool canTry = node && !node->type->trialWords().empty();
    const bool canSend = node && node->type->takesTestRecords();
    if (canTry)
        m_try->setText(QString::fromStdString(node->type->trialWords()));
    m_try->setVisible(canTry);
    m_send->setVisible(canSend);
    setVisible(canTry || canSend);
}

void TrialPanel::nodeRenamed(const std::string &before, const std::string &after)
{
    if (m_id == before)
        m_id = after;
}

void TrialPanel::start(bool send)
{
    const ChainNode *node = m_editor.chain().node(m_id);
    if (!node)
        return;
    const NodeType *type = node->type;
    const QJsonObject params = node->params;
    if (const Problems problems = type->check(params, "$"); !problems.empty()) {
        say(State::Bad, tr("Not yet: %1").arg(QString::fromStdString(problems.front().text)));
        return;
    }
    NodeContext context;
    const QString folder = m_context.folder ? m_context.folder() : QString();
    context.baseDirectory = (folder.isEmpty() ? QDir::currentPath() : folder).toStdString();
    context.id = node->id;
    say(State::Busy, send ? tr("Sending a record …") : tr("Trying …"));
    m_runner.start([type, params, context, send] {
        return send ? sendTestRecord(*type, params, context) : type->tryOut(params, context);
    });
}

void TrialPanel::say(State state, const QString &words)
{
    const bool hadFocus = m_cancel->hasFocus();
    m_state = state;
    m_words->setText(words);
    m_result->setVisible(state != State::Quiet);
    m_cancel->setVisible(state == State::Busy);
    m_icon->setVisible(state == State::Good || state == State::Bad);
    m_try->setEnabled(state != State::Busy);
    m_send->setEnabled(state != State::Busy);
    if (state == State::Busy)
        m_cancel->setFocus();
    else if (hadFocus)
        m_try->setFocus();
    paintIcon();
}

void TrialPanel::paintIcon()
{
    const bool isBad = m_state == State::Bad;
    m_icon->setPixmap(tintedPixmap(isBad ? QStringLiteral("warning") : QStringLiteral("check"), 16, devicePixelRatioF(),
                                   Appearance::theme().color(isBad ? "problem" : "ok")));
}

void TrialPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
}

} // namespace sluice
