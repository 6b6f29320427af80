#include "base/Secret.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sluice;

class SecretTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsTheSecretItself()
    {
        const Secret secret{"hunter2"};
        QVERIFY(!secret.isReference());
        QCOMPARE(*secret.reveal("/"), std::string("hunter2"));
    }

    void anEnvironmentVariableIsReadWhenAsked()
    {
        qputenv("SLUICE_SECRET_TEST", "s3cret");
        const Secret secret{"${env:SLUICE_SECRET_TEST}"};
        QVERIFY(secret.isReference());
        QCOMPARE(*secret.reveal("/"), std::string("s3cret"));
        qunsetenv("SLUICE_SECRET_TEST");
        QCOMPARE(secret.reveal("/").error().text, std::string("The environment variable SLUICE_SECRET_TEST is not set."));
    }

    void aFileIsReadWithoutItsLineEnd()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("token")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("t0ken\r\n");
        file.close();
        const std::string base = folder.path().toStdString();
        QCOMPARE(*Secret{"${file:token}"}.reveal(base), std::string("t0ken"));
        QCOMPARE(*Secret{"${file:" + base + "/token}"}.reveal("/"), std::string("t0ken"));
        QVERIFY(!Secret{"${file:no such}"}.reveal(base).ok());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(65 * 1024, 'x'));
        file.close();
        QVERIFY(!Secret{"${file:token}"}.reveal(base).ok());
    }
};

QTEST_GUILESS_MAIN(SecretTest)
#include "SecretTest.moc"
