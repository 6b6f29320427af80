#include "base/Secret.h"
#include "base/SecretName.h"
#include "support/Patience.h"

#include <QFile>
#include <QTemporaryDir>

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

    void namesTellWhatIsASecret_data()
    {
        QTest::addColumn<bool>("isSecret");
        for (const char *name : {"Authorization", "authorization", "Proxy-Authorization", "X-Amz-Authorization", "Cookie", "X-Api-Key", "apikey", "API_KEY",
                                 "X-Auth-Token", "accessToken", "DD-API-KEY", "Ocp-Apim-Subscription-Key", "X-License-Key", "DB_PASSWORD", "PGPASSWORD",
                                 "MYSQL_PWD", "AWS_SECRET_ACCESS_KEY", "clientSecret", "X-Hub-Signature", "SSH_PRIVATE_KEY", "X-Credentials"})
            QTest::newRow(name) << true;
        for (const char *name : {"", "Accept", "User-Agent", "Content-Type", "Idempotency-Key", "Sec-WebSocket-Key", "Routing-Key", "PUBLIC_KEY", "PWD", "key",
                                 "Author", "Keyboard", "X-Request-Id", "Host", "TZ", "PYTHONPATH", "X-Monkey"})
            QTest::newRow(*name ? name : "none") << false;
    }
    void namesTellWhatIsASecret()
    {
        QFETCH(bool, isSecret);
        const std::string name = QTest::currentDataTag();
        QCOMPARE(namesSecret(name == "none" ? "" : name), isSecret);
    }
};

QTEST_GUILESS_MAIN(SecretTest)
#include "SecretTest.moc"
