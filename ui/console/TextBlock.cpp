#include "console/TextBlock.h"

#include "look/Appearance.h"
#include "look/Icons.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace sluice {

namespace {

/// Laying out more text than this takes longer than a person waits.
constexpr qsizetype maxShown = 128 * 1024;
constexpr int maxHeight = 420;

/// Tells when its lines have been broken anew.
class WrappedText : public QPlainTextEdit
{
public:
    explicit WrappedText(std::function<void()> wrapped) : m_wrapped(std::move(wrapped)) {}

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QPlainTextEdit::resizeEvent(event);
        m_wrapped();
    }

private:
    std::function<void()> m_wrapped;
};

} // namespace

TextBlock::TextBlock(const QString &title, bool wraps, QWidget *parent)
    : QWidget(parent), m_edit(new WrappedText([this] { fit(); }))
{
    auto *label = new QLabel(title);
    label->setObjectName(QStringLiteral("sectionTitle"));
    m_edit->setObjectName(QStringLiteral("code"));
    m_edit->setAccessibleName(title);
    m_edit->setReadOnly(true);
    m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_edit->setTabChangesFocus(true);
    m_edit->setFont(Appearance::logFont());
    m_edit->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_edit->setWordWrapMode(wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    m_edit->document()->setDocumentMargin(8);
    m_edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *head = new QHBoxLayout;
    head->addWidget(label);
    head->addStretch();
    head->addWidget(makeCopyButton(
        tr("Copy %1").arg(title.toLower()), [this] { return m_text; }, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_edit);
}

void TextBlock::setText(const QString &text)
{
    m_text = text;
    while (m_text.endsWith(QLatin1Char('\n')))
        m_text.chop(1);
    QString shown = m_text;
    if (shown.size() > maxShown)
        shown = shown.left(maxShown) + QStringLiteral("\n\n") +
                tr("… the rest is not shown; Copy takes all of it.");
    m_edit->setPlainText(shown);
    m_edit->moveCursor(QTextCursor::Start);
    showFound();
    fit();
}

void TextBlock::setFound(const FoundText &found)
{
    if (found == m_found)
        return;
    m_found = found;
    showFound();
}

qsizetype TextBlock::foundPlaces() const { return m_edit->extraSelections().size(); }

void TextBlock::showFound()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const FoundText::Place &place : m_found.places(m_edit->toPlainText())) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(m_edit->document());
        selection.cursor.setPosition(place.at);
        selection.cursor.setPosition(place.at + place.size, QTextCursor::KeepAnchor);
        selection.format.setFontUnderline(true);
        selection.format.setUnderlineColor(Appearance::theme().color("found"));
        selection.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        if (place.isFind)
            selection.format.setBackground(Appearance::theme().color("match"));
        selections.push_back(selection);
    }
    m_edit->setExtraSelections(selections);
}

void TextBlock::fit()
{
    if (m_fitting)
        return;
    const QScopedValueRollback fitting(m_fitting, true);
    // Block by block: a line with a character of another font is higher than the others.
    const QTextDocument &document = *m_edit->document();
    // The margin below belongs to the last block; the frame is the stylesheet's.
    constexpr int frame = 2;
    constexpr int slack = 2; // Qt holds a text for higher than its view if it fits exactly
    qreal height = document.documentMargin() + frame + slack;
    for (QTextBlock block = document.begin(); block.isValid() && height < maxHeight; block = block.next())
        height += document.documentLayout()->blockBoundingRect(block).height();
    if (m_edit->lineWrapMode() == QPlainTextEdit::NoWrap &&
        document.documentLayout()->documentSize().width() > m_edit->viewport()->width())
        height += m_edit->horizontalScrollBar()->sizeHint().height();
    m_edit->setVerticalScrollBarPolicy(height < maxHeight ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_edit->setFixedHeight(qMin(static_cast<int>(std::ceil(height)), maxHeight));
}

void TextBlock::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showFound();
    if (event->type() == QEvent::ApplicationFontChange) {
        m_edit->setFont(Appearance::logFont());
        fit();
    }
}

QToolButton *makeCopyButton(const QString &accessibleName, std::function<QString()> text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("flat"));
    button->setIcon(themedIcon(QStringLiteral("copy")));
    button->setIconSize(QSize(16, 16));
    button->setAccessibleName(accessibleName);
    button->setToolTip(accessibleName);
    QObject::connect(button, &QToolButton::clicked, button, [button, text = std::move(text)] {
        QGuiApplication::clipboard()->setText(text());
        button->setIcon(themedIcon(QStringLiteral("check")));
        QTimer::singleShot(1200, button, [button] { button->setIcon(themedIcon(QStringLiteral("copy"))); });
    });
    return button;
}

} // namespace sluice
