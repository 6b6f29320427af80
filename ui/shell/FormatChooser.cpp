#include "shell/FormatChooser.h"

#include "look/Appearance.h"
#include "look/ChoiceBox.h"
#include "shell/FormatPreviewModel.h"

#include <QApplication>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QTreeView>
#include <QVBoxLayout>

namespace sluice {

namespace {

constexpr int maxPattern = 10'000;

void setProblemFrame(QLineEdit *field, bool problem)
{
    if (field->property("problem").toBool() == problem)
        return;
    field->setProperty("problem", problem);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

} // namespace

FormatChooser::FormatChooser(QWidget *parent)
    : QWidget(parent), m_formats(new ChoiceBox), m_patternLabel(new QLabel), m_pattern(new QLineEdit),
      m_timeLabel(new QLabel(tr("T&ime format"))), m_timeFormat(new QLineEdit), m_problem(new QLabel), m_timeProblem(new QLabel), m_summary(new QLabel),
      m_model(new FormatPreviewModel(this)), m_table(new QTreeView), m_previewer(new FormatPreviewer(this))
{
    const auto add = [this](const QString &words, std::string_view name) {
        m_formats->addItem(words, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    };
    add(tr("Recognise it"), textFormats::automatic);
    add(tr("Pattern of my own"), textFormats::pattern);
    add(tr("Python format string"), textFormats::python);
    m_formats->insertSeparator(m_formats->count());
    for (const TextFormatPtr &format : textFormats::builtin())
        add(QString::fromStdString(format->title()), format->name());
    m_formats->setAccessibleName(tr("Format of the lines"));
    m_formats->setMaxVisibleItems(20);
    m_formats->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_formats->setMinimumContentsLength(24);

    m_pattern->setObjectName(QStringLiteral("patternField"));
    m_pattern->setAccessibleName(tr("Pattern"));
    m_pattern->setFont(Appearance::logFont());
    m_pattern->setMaxLength(maxPattern);
    m_timeFormat->setAccessibleName(tr("Time format"));
    m_timeFormat->setFont(Appearance::logFont());
    m_timeFormat->setMaxLength(200);
    m_timeFormat->setPlaceholderText(tr("%Y-%m-%d %H:%M:%S; empty: as usual"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setAccessibleName(tr("What is wrong with the pattern"));
    m_timeProblem->setObjectName(QStringLiteral("problem"));
    m_timeProblem->setAccessibleName(tr("What is wrong with the time format"));
    m_summary->setObjectName(QStringLiteral("secondary"));
    m_summary->setAccessibleName(tr("What could be read"));
    for (QLabel *label : {m_problem, m_timeProblem, m_summary}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_patternLabel->setBuddy(m_pattern);
    m_timeLabel->setBuddy(m_timeFormat);

    m_table->setObjectName(QStringLiteral("formatPreview"));
    m_table->setAccessibleName(tr("The first lines as records"));
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->header()->setStretchLastSection(true);
    m_table->header()->setSectionsMovable(false);
    const QFontMetrics metrics(Appearance::logFont());
    const auto width = [&](const char *widest) { return metrics.horizontalAdvance(QLatin1String(widest)) + 20; };
    m_table->setColumnWidth(FormatPreviewModel::Time, width("2026-12-31 23:59:59.123456"));
    m_table->setColumnWidth(FormatPreviewModel::Level, width("CRITICAL"));
    m_table->setColumnWidth(FormatPreviewModel::Logger, width("app.database"));
    m_table->setMinimumHeight(160);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    auto *formatLabel = new QLabel(tr("&Format"));
    formatLabel->setBuddy(m_formats);
    for (QLabel *label : {formatLabel, m_patternLabel, m_timeLabel})
        label->setMinimumWidth(labelWidth());
    form->addRow(formatLabel, m_formats);
    form->addRow(m_patternLabel, m_pattern);
    form->addRow(nullptr, m_problem);
    form->addRow(m_timeLabel, m_timeFormat);
    form->addRow(nullptr, m_timeProblem);
    m_timeProblem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(form);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);

    connect(m_formats, &QComboBox::currentIndexChanged, this, &FormatChooser::choose);
    connect(m_pattern, &QLineEdit::textChanged, this, &FormatChooser::choose);
    connect(m_timeFormat, &QLineEdit::textChanged, this, &FormatChooser::choose);
    connect(m_previewer, &FormatPreviewer::ready, this, &FormatChooser::show);
    choose();
}

int FormatChooser::labelWidth()
{
    return QFontMetrics(QApplication::font()).horizontalAdvance(tr("Format string")) + 8;
}

TextFormatChoice FormatChooser::choice() const
{
    TextFormatChoice choice;
    choice.format = m_formats->currentData().toString().toStdString();
    if (choice.format == textFormats::pattern || choice.format == textFormats::python) {
        choice.pattern = m_pattern->text().toStdString();
        choice.timeFormat = m_timeFormat->text().toStdString();
    }
    return choice;
}

void FormatChooser::setChoice(const TextFormatChoice &choice)
{
    m_pattern->setText(QString::fromStdString(choice.pattern));
    m_timeFormat->setText(QString::fromStdString(choice.timeFormat));
    m_formats->setCurrentIndex(qMax(0, m_formats->findData(QString::fromStdString(choice.format))));
}

void FormatChooser::setFile(const QString &path)
{
    m_request.path = path;
    m_request.text.clear();
    choose();
}

void FormatChooser::setText(const QString &text)
{
    m_request.path.clear();
    m_request.text = text;
    choose();
}

void FormatChooser::choose()
{
    m_request.choice = choice();
    const bool isPattern = m_request.choice.format == textFormats::pattern;
    const bool isPython = m_request.choice.format == textFormats::python;
    for (QWidget *widget : {static_cast<QWidget *>(m_patternLabel), static_cast<QWidget *>(m_pattern),
                            static_cast<QWidget *>(m_timeLabel), static_cast<QWidget *>(m_timeFormat)})
        widget->setVisible(isPattern || isPython);
    m_patternLabel->setText(isPython ? tr("Format &string") : tr("&Pattern"));
    m_pattern->setPlaceholderText(isPython ? QStringLiteral("%(asctime)s %(levelname)s %(name)s: %(message)s")
                                           : QStringLiteral("(?P<time>\\S+ \\S+) (?P<level>\\w+) (?P<message>.*)"));
    m_pattern->setToolTip(isPython ? tr("As logging.Formatter takes it, in any of its three styles")
                                   : tr("A regular expression with named groups; those named like attributes set them"));
    if ((isPattern || isPython) && m_pattern->text().isEmpty()) {
        // Nobody has made a mistake yet.
        m_isValid = false;
        for (QLabel *label : {m_problem, m_timeProblem})
            label->hide();
        setProblemFrame(m_pattern, false);
        setProblemFrame(m_timeFormat, false);
        m_summary->setText(isPython ? tr("Type the format string of the program's logging.Formatter.")
                                    : tr("Type a regular expression with groups named time, level, logger, message."));
        m_model->setRows({});
        m_previewer->request({});
        Q_EMIT changed();
        return;
    }
    m_previewer->request(m_request);
    Q_EMIT changed();
}

void FormatChooser::show(const FormatPreview &preview)
{
    const TextFormatChoice chosen = choice();
    const bool takesPattern = chosen.format == textFormats::pattern || chosen.format == textFormats::python;
    if (takesPattern && chosen.pattern.empty())
        return;
    m_isValid = preview.formatProblem.isEmpty();
    const bool isTime = !m_isValid && preview.isTimeProblem;
    (isTime ? m_timeProblem : m_problem)->setText(preview.formatProblem);
    m_problem->setVisible(!m_isValid && !isTime);
    m_timeProblem->setVisible(isTime);
    setProblemFrame(m_pattern, takesPattern && !m_isValid && !isTime);
    setProblemFrame(m_timeFormat, isTime);
    m_model->setRows(preview.rows);
    QStringList words;
    if (!preview.explanation.isEmpty())
        words << preview.explanation;
    if (!preview.rows.empty() && preview.unread > 0)
        words << tr("%1 of the first %2 records are not of this format.").arg(preview.unread).arg(preview.rows.size());
    else if (!preview.rows.empty() && preview.explanation.isEmpty())
        words << tr("All of the first %1 records could be read.").arg(preview.rows.size());
    if (!preview.textProblem.isEmpty())
        words << preview.textProblem;
    m_summary->setText(words.join(QLatin1Char(' ')));
    Q_EMIT changed();
}

} // namespace sluice
