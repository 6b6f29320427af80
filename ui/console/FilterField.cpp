#include "console/FilterField.h"

#include "capture/SeenValues.h"
#include "console/FilterCandidates.h"
#include "console/Words.h"
#include "shell/Appearance.h"
#include "shell/Icons.h"

#include <QAction>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTextCharFormat>

namespace sluice {

FilterField::FilterField(QWidget *parent)
    : QLineEdit(parent), m_popup(new FilterPopup(this)), m_savedMenu(new QMenu(this))
{
    setObjectName(QStringLiteral("filterField"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: text, or level >= WARNING"));
    setToolTip(tr("Show only records with this text, or those of an expression such as "
                  "logger in app.db and status >= 500 (Ctrl+Shift+F or /). Enter keeps it as a chip; "
                  "Ctrl+Space tells what may be typed."));
    setMaxLength(static_cast<int>(FilterHistory::maxLength));
    setMinimumWidth(160);
    setMinimumHeight(28);
    m_savedMenu->setObjectName(QStringLiteral("savedFilters"));
    m_savedMenu->setAccessibleName(tr("Saved filters"));
    addAction(themedIcon(QStringLiteral("search")), LeadingPosition);
    QAction *saved = addAction(themedIcon(QStringLiteral("chevron-down")), TrailingPosition);
    saved->setToolTip(tr("Saved filters and those of before (Alt+Down)"));
    connect(saved, &QAction::triggered, this,
            [this] { m_savedMenu->popup(mapToGlobal(QPoint(qMax(0, width() - 240), height() + 2))); });
    QAction *clear = addAction(themedIcon(QStringLiteral("close")), TrailingPosition);
    clear->setToolTip(tr("Clear the field (Esc)"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        textHasChanged();
    });
    connect(this, &QLineEdit::textEdited, this, &FilterField::completeAsTyped);
    connect(this, &QLineEdit::cursorPositionChanged, this, [this] {
        if (m_popup->isListOpen() && !m_underlining)
            completeAsTyped();
    });
    connect(m_popup, &FilterPopup::chosen, this, &FilterField::take);
}

FilterField::~FilterField()
{
    m_seen.reset();
    // It hangs at the window, which may outlive the field.
    delete m_popup;
}

void FilterField::setSeen(std::function<std::shared_ptr<SeenValues>(std::function<void()>)> make)
{
    m_makeSeen = std::move(make);
    m_seen.reset();
}

SeenValues *FilterField::seen()
{
    if (!m_seen && m_makeSeen) {
        // The thread that collects ends before the field does.
        m_seen = m_makeSeen([this] {
            QMetaObject::invokeMethod(this, [this] {
                if (m_popup->isListOpen() || (hasFocus() && !m_fromHistory && isModified()))
                    completeAsTyped();
            }, Qt::QueuedConnection);
        });
    }
    return m_seen.get();
}

void FilterField::textHasChanged()
{
    if (!m_fromHistory)
        m_history.leave();
    check();
    setProperty("active", !text().isEmpty() && m_isValid);
    setProperty("problem", !m_isValid);
    style()->unpolish(this);
    style()->polish(this);
    if (text().isEmpty())
        m_popup->setListOpen(false);
}

void FilterField::check()
{
    ExpressionPlace place;
    const std::string typed = text().toStdString();
    const Result<Expression> expression = Expression::parse(typed, &place);
    m_isValid = expression.ok();
    if (m_isValid) {
        underline({typed.size(), 0});
        m_popup->setProblem({});
        return;
    }
    underline(place);
    m_popup->setProblem(tr("%1 Until then the filter of before stays. Shift+Enter looks for the text as it stands.")
                            .arg(QString::fromStdString(expression.error().text)));
}

void FilterField::underline(const ExpressionPlace &place)
{
    // A line edit takes formats for parts of its text from input methods alone.
    QList<QInputMethodEvent::Attribute> attributes;
    if (!m_isValid) {
        const QByteArray utf8 = text().toUtf8();
        const auto at = static_cast<qsizetype>(qMin<std::size_t>(place.offset, static_cast<std::size_t>(utf8.size())));
        qsizetype begin = QString::fromUtf8(utf8.left(at)).size();
        const qsizetype end =
            QString::fromUtf8(utf8.left(at + static_cast<qsizetype>(place.length))).size();
        // Where something is missing at the end, the last character stands for the place.
        begin = qMin(begin, text().size() - 1);
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Appearance::theme().color("problem"));
        attributes << QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat,
                                                   static_cast<int>(begin - cursorPosition()),
                                                   static_cast<int>(qMax<qsizetype>(1, end - begin)), format);
    }
    const QScopedValueRollback underlining(m_underlining, true);
    QInputMethodEvent event(QString(), attributes);
    QLineEdit::inputMethodEvent(&event);
}

bool FilterField::fillCandidates(bool asked)
{
    SeenValues *seen = this->seen();
    const ExpressionCompleter completer(
        [seen] { return seen ? seen->names() : std::vector<std::string>(); },
        [seen](const ExpressionField &field) { return seen ? seen->values(field) : std::vector<std::string>(); });
    const std::string typed = text().toStdString();
    const auto caret = static_cast<std::size_t>(text().left(cursorPosition()).toUtf8().size());
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

void FilterField::complete() { m_popup->setListOpen(fillCandidates(true)); }

void FilterField::completeAsTyped()
{
    m_popup->setListOpen(!text().isEmpty() && fillCandidates(false));
}

void FilterField::take(int row)
{
    const QByteArray utf8 = text().toUtf8();
    const QString before = QString::fromUtf8(utf8.left(static_cast<qsizetype>(m_replaced.at)));
    const QString after = QString::fromUtf8(utf8.mid(static_cast<qsizetype>(m_replaced.end())));
    QString inserted = QString::fromStdString(m_popup->candidates()->candidate(row).text);
    if (inserted.endsWith(QLatin1Char(' ')) && after.startsWith(QLatin1Char(' ')))
        inserted.chop(1);
    m_popup->setListOpen(false);
    setText(before + inserted + after);
    setCursorPosition(static_cast<int>((before + inserted).size()));
    setModified(true);
    completeAsTyped();
}

void FilterField::commit(bool asItStands)
{
    m_popup->setListOpen(false);
    if (text().trimmed().isEmpty()) {
        Q_EMIT left();
        return;
    }
    if (!m_isValid && !asItStands) {
        m_popup->refresh();
        return;
    }
    const QString committedText =
        asItStands ? QString::fromStdString(Expression::search(text().toStdString()).print()) : text().trimmed();
    m_history.add(committedText);
    Q_EMIT committed(committedText);
}

void FilterField::showFromHistory(const QString &text)
{
    const QScopedValueRollback fromHistory(m_fromHistory, true);
    setText(text);
}

bool FilterField::event(QEvent *event)
{
    // Tab takes what is chosen; elsewhere it goes to the next widget.
    if (event->type() == QEvent::KeyPress && m_popup->isListOpen()) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier) {
            take(qMax(0, m_popup->currentRow()));
            return true;
        }
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool list = m_popup->isListOpen();
    switch (event->key()) {
    case Qt::Key_Escape:
        if (list) {
            m_popup->setListOpen(false);
            return;
        }
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        Q_EMIT cancelled();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (list && m_popup->currentRow() >= 0)
            take(m_popup->currentRow());
        else
            commit(event->modifiers() & Qt::ShiftModifier);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const bool up = event->key() == Qt::Key_Up;
        if (!up && event->modifiers() & Qt::AltModifier) {
            m_savedMenu->popup(mapToGlobal(QPoint(0, height() + 2)));
            return;
        }
        if (list) {
            m_popup->step(up ? -1 : 1);
            return;
        }
        if (!up && !m_history.isAway()) {
            if (text().isEmpty())
                Q_EMIT left();
            else
                complete();
            return;
        }
        showFromHistory(up ? m_history.older(text()) : m_history.newer(text()));
        return;
    }
    case Qt::Key_Space:
        if (event->modifiers() == Qt::ControlModifier) {
            complete();
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    m_popup->refresh();
}

void FilterField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (m_popup) // else the window is going
        m_popup->setListOpen(false);
}

void FilterField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    if (m_popup->isVisible())
        m_popup->refresh();
}

void FilterField::moveEvent(QMoveEvent *event)
{
    QLineEdit::moveEvent(event);
    if (m_popup->isVisible())
        m_popup->refresh();
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isValid)
        check();
}

} // namespace sluice
