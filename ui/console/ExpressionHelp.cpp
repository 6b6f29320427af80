#include "console/ExpressionHelp.h"

#include "capture/SeenValues.h"
#include "console/FilterCandidates.h"
#include "console/PlaceUnderline.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace sluice {

ExpressionHelp::ExpressionHelp(QLineEdit *line, Says says, QString advice)
    : QObject(line), m_line(line), m_says(says), m_advice(std::move(advice)), m_popup(new FilterPopup(line))
{
    line->installEventFilter(this);
    connect(line, &QLineEdit::textChanged, this, [this](const QString &text) {
        check();
        if (text.isEmpty())
            setListOpen(false);
    });
    connect(line, &QLineEdit::textEdited, this, &ExpressionHelp::completeAsTyped);
    connect(line, &QLineEdit::cursorPositionChanged, this, [this] {
        if (m_popup->isListOpen() && !m_underlining)
            completeAsTyped();
    });
    connect(m_popup, &FilterPopup::chosen, this, &ExpressionHelp::take);
}

ExpressionHelp::~ExpressionHelp()
{
    m_seen.reset();
    // It hangs at the window, which may outlive the line.
    delete m_popup;
}

void ExpressionHelp::setSeen(MakeSeen make)
{
    m_makeSeen = std::move(make);
    m_seen.reset();
}

SeenValues *ExpressionHelp::seen()
{
    if (!m_seen && m_makeSeen) {
        // The thread that collects ends before this does.
        m_seen = m_makeSeen([this] {
            QMetaObject::invokeMethod(this, [this] {
                if (m_popup->isListOpen() || (m_line->hasFocus() && m_line->isModified()))
                    completeAsTyped();
            }, Qt::QueuedConnection);
        });
    }
    return m_seen.get();
}

void ExpressionHelp::check()
{
    ExpressionPlace place;
    const Result<Expression> expression = Expression::parse(m_line->text().toStdString(), &place);
    m_isValid = expression.ok();
    m_problem = m_isValid ? QString() : QString::fromStdString(expression.error().text);
    if (!m_isValid && !m_advice.isEmpty())
        m_problem += QLatin1Char(' ') + m_advice;
    underline(m_isValid ? std::nullopt : std::optional(place));
    m_popup->setProblem(m_says == Says::Always || m_popup->isListOpen() ? m_problem : QString());
}

void ExpressionHelp::underline(const std::optional<ExpressionPlace> &place)
{
    const QScopedValueRollback underlining(m_underlining, true);
    underlinePlace(*m_line, place);
}

void ExpressionHelp::setListOpen(bool open)
{
    if (open)
        watchPlace();
    m_popup->setListOpen(open);
    if (m_says == Says::WithList)
        m_popup->setProblem(m_popup->isListOpen() ? m_problem : QString());
}

bool ExpressionHelp::fillCandidates(bool asked)
{
    SeenValues *seen = this->seen();
    const ExpressionCompleter completer(
        [seen] { return seen ? seen->names() : std::vector<std::string>(); },
        [seen](const ExpressionField &field) { return seen ? seen->values(field) : std::vector<std::string>(); });
    const std::string typed = m_line->text().toStdString();
    const auto caret = static_cast<std::size_t>(m_line->text().left(m_line->cursorPosition()).toUtf8().size());
    ExpressionCompletion completion = completer.complete(typed, caret);
    m_replaced = completion.replaced;
    const std::string already = typed.substr(m_replaced.at, m_replaced.size);
    const auto isDone = [&](const ExpressionCompletion::Candidate &candidate) {
        return candidate.text == already || candidate.text == already + ' ';
    };
    bool worth = !completion.candidates.empty();
    if (worth && !asked) {
        const auto kind = completion.candidates.front().kind;
        const bool answersQuestion =
            kind == ExpressionCompletion::Kind::Operator || kind == ExpressionCompletion::Kind::Value;
        // Nobody who types a few words wants to hear of fields between them.
        worth = m_replaced.size > 0 || answersQuestion;
        worth = worth && !(completion.candidates.size() == 1 && isDone(completion.candidates.front()));
    }
    m_popup->candidates()->set(worth ? std::move(completion.candidates)
                                     : std::vector<ExpressionCompletion::Candidate>());
    return worth;
}

void ExpressionHelp::complete() { setListOpen(fillCandidates(true)); }

void ExpressionHelp::completeAsTyped() { setListOpen(!m_line->text().isEmpty() && fillCandidates(false)); }

void ExpressionHelp::take(int row)
{
    const QByteArray utf8 = m_line->text().toUtf8();
    const QString before = QString::fromUtf8(utf8.left(static_cast<qsizetype>(m_replaced.at)));
    const QString after = QString::fromUtf8(utf8.mid(static_cast<qsizetype>(m_replaced.end())));
    QString inserted = QString::fromStdString(m_popup->candidates()->candidate(row).text);
    if (inserted.endsWith(QLatin1Char(' ')) && after.startsWith(QLatin1Char(' ')))
        inserted.chop(1);
    setListOpen(false);
    m_line->setText(before + inserted + after);
    m_line->setCursorPosition(static_cast<int>((before + inserted).size()));
    m_line->setModified(true);
    Q_EMIT taken(m_line->text());
    completeAsTyped();
}

bool ExpressionHelp::press(const QKeyEvent &event)
{
    const int key = event.key();
    if (key == Qt::Key_Space && event.modifiers() == Qt::ControlModifier) {
        complete();
        return true;
    }
    if (!m_popup->isListOpen())
        return false;
    if (key == Qt::Key_Tab && event.modifiers() == Qt::NoModifier) {
        take(qMax(0, m_popup->currentRow()));
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_popup->currentRow() >= 0) {
        take(m_popup->currentRow());
    } else if ((key == Qt::Key_Up || key == Qt::Key_Down) && !(event.modifiers() & Qt::AltModifier)) {
        m_popup->step(key == Qt::Key_Up ? -1 : 1);
    } else if (key == Qt::Key_Escape) {
        setListOpen(false);
    } else {
        return false;
    }
    return true;
}

void ExpressionHelp::watchPlace()
{
    // Where the line is scrolled, what holds it moves.
    for (QWidget *holder = m_line->parentWidget(); holder && !holder->isWindow(); holder = holder->parentWidget())
        holder->installEventFilter(this);
}

bool ExpressionHelp::eventFilter(QObject *object, QEvent *event)
{
    if (!m_popup) // the window is going
        return QObject::eventFilter(object, event);
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
        // The line may be laid out anew with what holds it.
        if (m_popup->isVisible())
            QMetaObject::invokeMethod(m_popup, &FilterPopup::refresh, Qt::QueuedConnection);
        break;
    case QEvent::ShortcutOverride:
        if (object == m_line && m_popup->isListOpen() && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        break;
    case QEvent::KeyPress:
        if (object == m_line && press(*static_cast<QKeyEvent *>(event)))
            return true;
        break;
    case QEvent::FocusIn:
        if (object == m_line)
            m_popup->refresh();
        break;
    case QEvent::FocusOut:
        if (object == m_line)
            setListOpen(false);
        break;
    case QEvent::PaletteChange:
        if (object == m_line && !m_isValid)
            check();
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

} // namespace sluice
