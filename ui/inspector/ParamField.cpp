#include "inspector/ParamField.h"

#include "inspector/HelpLabel.h"
#include "inspector/RecordPreview.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sluice {

ParamField::ParamField(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : QWidget(parent), m_editor(ParamEditor::make(spec, context, this)), m_title(new QLabel(this)), m_reset(new QToolButton(this)),
      m_help(new HelpLabel(QString::fromStdString(spec.help), this)), m_problemRow(new QWidget(this)),
      m_problemIcon(new QLabel), m_problem(new QLabel)
{
    const QString key = QString::fromStdString(spec.key);
    m_title->setObjectName(QStringLiteral("fieldTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setText(key);
    m_title->setBuddy(m_editor->field());
    m_title->setVisible(!m_editor->isTitled());

    m_reset->setObjectName(QStringLiteral("flat"));
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    m_reset->setIconSize(QSize(16, 16));
    m_reset->setAccessibleName(tr("Set %1 back to its default").arg(key));
    m_reset->setToolTip(tr("Back to the default: %1").arg(defaultInWords(spec)));
    QSizePolicy keepsPlace = m_reset->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keepsPlace);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        const QJsonValue none(QJsonValue::Undefined);
        m_editor->field()->setFocus();
        m_editor->setValue(none);
        Q_EMIT edited(none);
        Q_EMIT finished();
    });

    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with %1").arg(key));
    auto *problemLayout = new QHBoxLayout(m_problemRow);
    problemLayout->setContentsMargins(0, 0, 0, 0);
    problemLayout->setSpacing(4);
    problemLayout->addWidget(m_problemIcon, 0, Qt::AlignTop);
    problemLayout->addWidget(m_problem, 1);
    m_problemRow->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (spec.type == ParamSpec::Type::Group) {
        // Its box turns it on and off, and has its help below, before its members.
        m_reset->hide();
        m_help->hide();
        layout->addWidget(m_editor);
    } else {
        auto *head = new QHBoxLayout;
        head->setSpacing(8);
        head->addWidget(m_editor->isTitled() ? static_cast<QWidget *>(m_editor) : m_title);
        if (spec.required) {
            auto *required = new QLabel(tr("required"));
            required->setObjectName(QStringLiteral("secondary"));
            required->setFont(Appearance::smallFont());
            head->addWidget(required);
        }
        head->addStretch(1);
        head->addWidget(m_reset);
        layout->addLayout(head);
        if (!m_editor->isTitled())
            layout->addWidget(m_editor);
        layout->addWidget(m_help);
    }
    layout->addWidget(m_problemRow);
    if (spec.preview) {
        m_preview = new RecordPreview(spec, context, this);
        layout->addWidget(m_preview);
    }
    connect(m_editor, &ParamEditor::edited, this, [this](const QJsonValue &value) {
        update();
        Q_EMIT edited(value);
    });
    connect(m_editor, &ParamEditor::finished, this, &ParamField::finished);
    update();
}

void ParamField::setValue(const QJsonValue &value)
{
    m_editor->setValue(value);
    update();
}

void ParamField::setMixed()
{
    m_editor->setMixed();
    update();
}

void ParamField::update()
{
    const bool isSet = m_editor->isMixed() || !m_editor->value().isUndefined();
    const bool isGroup = spec().type == ParamSpec::Type::Group;
    setStyleProperty(m_editor->isTitled() ? m_editor->field() : m_title, "changed", isSet && !spec().required);
    m_reset->setVisible(isSet && !spec().required && !isGroup);
    if (m_preview)
        m_preview->showFor(m_editor->value());
}

void ParamField::setProblems(const Problems &problems, const std::string &path)
{
    const Problems here = m_editor->setProblems(problems, path);
    QStringList sentences;
    for (const Problem &problem : here)
        // The help above says what for.
        sentences.append(problem.text == missingSentence(spec()) ? tr("%1 is needed.").arg(QString::fromStdString(spec().key))
                                                                 : QString::fromStdString(problem.text));
    sentences.removeDuplicates();
    m_problem->setText(sentences.join(QLatin1Char('\n')));
    m_problemRow->setVisible(!here.empty());
    if (!here.empty())
        m_problemIcon->setPixmap(tintedPixmap(QStringLiteral("warning"), 16, devicePixelRatioF(), Appearance::theme().color("problem")));
}

void ParamField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_problemRow->isVisibleTo(this))
        m_problemIcon->setPixmap(tintedPixmap(QStringLiteral("warning"), 16, devicePixelRatioF(), Appearance::theme().color("problem")));
}

} // namespace sluice
