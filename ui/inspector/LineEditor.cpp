#include "inspector/LineEditor.h"

#include "look/Icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>

namespace sluice {

namespace {

// As long as anybody types into one line; a project file may hold more, and keeps it.
constexpr int maxLength = 100'000;

} // namespace

LineEditor::LineEditor(const ParamSpec &spec, QWidget *parent)
    : ParamEditor(spec, parent), m_row(new QHBoxLayout(this)), m_line(new QLineEdit)
{
    m_line->setMaxLength(maxLength);
    m_line->setMinimumWidth(60);
    adopt(m_line);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_line, 1);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.isEmpty())
            edit(QJsonValue(QJsonValue::Undefined));
        else
            edit(parse(text));
    });
}

QWidget *LineEditor::field() const { return m_line; }

void LineEditor::display()
{
    const QJsonValue &shown = value();
    const bool isNone = shown.isNull() && !spec().defaultValue.isNull();
    QString text;
    if (!isMixed() && !shown.isUndefined() && !shown.isNull())
        text = print(shown);
    QString placeholder = defaultInWords(spec());
    if (isMixed())
        placeholder = tr("different");
    else if (isNone)
        placeholder = tr("none");
    else if (shown.isString() && text.isEmpty())
        placeholder = tr("empty");
    m_line->setPlaceholderText(placeholder);
    if (m_line->text() == text)
        return;
    const int cursor = m_line->cursorPosition();
    m_line->setText(text);
    // At rest the beginning is what tells; while it is edited, the cursor stays where it was.
    m_line->setCursorPosition(m_line->hasFocus() ? qMin(cursor, static_cast<int>(text.size())) : 0);
}

void LineEditor::offer(const QString &title, const QJsonValue &value)
{
    if (!m_menu) {
        m_menu = new QMenu(this);
        m_menu->setAccessibleName(tr("Usual values"));
        QAction *arrow = m_line->addAction(themedIcon(QStringLiteral("chevron-down")), QLineEdit::TrailingPosition);
        arrow->setToolTip(tr("Usual values (Alt+Down)"));
        connect(arrow, &QAction::triggered, this, &LineEditor::openMenu);
    }
    connect(m_menu->addAction(title), &QAction::triggered, this, [this, value] { take(value); });
}

void LineEditor::offerSeparator()
{
    if (m_menu)
        m_menu->addSeparator();
}

void LineEditor::take(const QJsonValue &value)
{
    edit(value);
    display();
    m_line->setFocus();
    m_line->selectAll();
    Q_EMIT finished();
}

void LineEditor::openMenu() { m_menu->popup(m_line->mapToGlobal(QPoint(0, m_line->height() + 2))); }

bool LineEditor::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && object == m_line && m_menu) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && key->modifiers() & Qt::AltModifier) {
            openMenu();
            return true;
        }
    }
    return ParamEditor::eventFilter(object, event);
}

} // namespace sluice
