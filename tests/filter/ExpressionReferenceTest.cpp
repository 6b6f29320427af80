#include "filter/Expression.h"
#include "filter/ExpressionReference.h"
#include "support/Patience.h"
#include "support/TestPaths.h"

#include <QFile>

using namespace sluice;

class ExpressionReferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyExampleCanBeRead()
    {
        int examples = 0;
        for (const ExpressionTopic &topic : expressionTopics()) {
            for (const QString &example : QString::fromUtf8(topic.examples.data(), qsizetype(topic.examples.size())).split(QStringLiteral("  "))) {
                const auto expression = Expression::parse(example.toStdString());
                QVERIFY2(expression.ok(), qPrintable(example));
                const bool isPlain = example == u"timeout" || example == u"connection refused" || example.startsWith(u'"') || example.startsWith(u'\'');
                QVERIFY2((expression->root().kind == ExpressionNode::Kind::Text) == isPlain, qPrintable(example));
                ++examples;
            }
        }
        QVERIFY(examples > 40);
    }

    void readmeHasTheReferenceOfThePrograms()
    {
        QFile readme(test::inSource("README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        const QString reference = QString::fromStdString(expressionReferenceMarkdown());
        QVERIFY2(text.contains(reference), qPrintable(reference));
    }

    void terminalShowsLinesThatFit()
    {
        for (const QString &line : QString::fromStdString(expressionReference()).split(u'\n'))
            QVERIFY2(line.size() <= 112, qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(ExpressionReferenceTest)
#include "ExpressionReferenceTest.moc"
