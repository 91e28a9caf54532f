/// Made by Tests/make-signing-fixtures: throw-away keys, and signatures of `message`.
enum SignatureFixtures {
    static let message = Array("retry-run".utf8)
    static let p256Key = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEekG9LznHuMRkp3Hq4D0ZPoDNCbZQ
        BlzoAuZvpwwWnV0W4n4TGEkLTj1UfNIlrY5xsCKm+ziakXLOAesyl/IxjA==
        -----END PUBLIC KEY-----

        """
    static let p384Key = """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE7oQ2NDm4kH/uIksyddY1uE2XzNyvEZtv
        BIqjIrH7NWWCSFmWm+eVqoSfeqhJ+xU/AufqGLEP4ayJAcSeJUXsdq+X2+Skm8Bt
        uQmp6MTRYJ1WCO3jEEzOaafQD0bFWrOb
        -----END PUBLIC KEY-----

        """
    static let p521Key = """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQB5W8bjxXLZqR/zj04NK/IDTKXQtzf
        Qu4P8yIVnJETtvsEvio01NT0tqTS9Z0IXIus06g/yY8WEGth757jaNrpnNEA67MJ
        rrznXv9eQhlxaEfNjNgpaUwqn5EEaTi3Y2ZkboBTs+UnH9f64AZEx2PTjrts28H4
        7TnEN8UZ8nynZUmEN1I=
        -----END PUBLIC KEY-----

        """
    static let rsaKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsv/SUL8lPkCPVogrOLnc
        76XnOzvOg8xd6gJXP+i1LR1xBr1u8DqYOZMbwU9UodG/AqY9NyPKVFmvYFLm1mTu
        3gHm7jqRa4qj+iUEoAg4RFrdOhrmuA9JS3IEGxg36te96QOt/JV4mm3T1l1+BuvN
        qMf7AdPd1ju6lvvD1YKZ7bvou4c0QmgBpgT7QPyLV6vQEIM6yJpRwBVnCj8xpcab
        4CzqoZSVz2+6v9f/5MaCc6RK9HY92df5PlM6MX2I8bzYN933vdezU7UKiIm565/L
        kwdcZLXE+vUDF7xXDVplhV3ORsBYWzaH+b/1EAMwNwrAz4C4ZX+7SyqMvgc7ufTW
        6QIDAQAB
        -----END PUBLIC KEY-----

        """
    static let ed25519Key = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGnoKca3KZ9Zs4jGr2RWdDG09X1PXgYVC9s8P3Ad3keE=
        -----END PUBLIC KEY-----

        """
    static let rsa1024Key = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/vGioZREPRqGo9bISKlhJZJ/q
        XyLBNvYo+5NRRa4oXLy9Rc2dGMZ62zP/xAEv5p7WWiVi8Bh1w+f3+L4F/o23FajW
        jhtCgtQ2/Ec+Y1y7zKj0J5oIVDaEytwUMhYEKOuaIjF8pprS6GzGXDwi9IFC+o0p
        YeGGPf7Nu3b4nLvEiwIDAQAB
        -----END PUBLIC KEY-----

        """
    static let secp256k1Key = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEW3FZvACxQFNPds9rx865FK93791COjbR
        36IPt3Y8+dysIK1x6+YEXsaIx28fmW0Fh++dAFG+ppkFCAKCVZHrAw==
        -----END PUBLIC KEY-----

        """
    static let explicitKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABPi4ew4lyvgzuauZGhaRaF5Q
        BIYjAnzPI3fN7EuaQQjLGN0UUOk7eaCn7a2LWRQJGr+UhkkAjF+jh9MU+F5af5s=
        -----END PUBLIC KEY-----

        """
    static let rsaPKCS1Key = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAsv/SUL8lPkCPVogrOLnc76XnOzvOg8xd6gJXP+i1LR1xBr1u8DqY
        OZMbwU9UodG/AqY9NyPKVFmvYFLm1mTu3gHm7jqRa4qj+iUEoAg4RFrdOhrmuA9J
        S3IEGxg36te96QOt/JV4mm3T1l1+BuvNqMf7AdPd1ju6lvvD1YKZ7bvou4c0QmgB
        pgT7QPyLV6vQEIM6yJpRwBVnCj8xpcab4CzqoZSVz2+6v9f/5MaCc6RK9HY92df5
        PlM6MX2I8bzYN933vdezU7UKiIm565/LkwdcZLXE+vUDF7xXDVplhV3ORsBYWzaH
        +b/1EAMwNwrAz4C4ZX+7SyqMvgc7ufTW6QIDAQAB
        -----END RSA PUBLIC KEY-----

        """

    /// In base64.
    static let signatures = [
        "ed25519": """
        f0uQ8vqT7rhpLPtT9IRG8lTqjnkBy48YESYsZpCvXRyepO4VOeXmpoXdOMz//e05/aKruXQq/mhO+O5k\
        HR3PBQ==
        """,
        "p256": """
        MEQCIHuiUyhN1eU06d3DCC/fILl715gxzPXMx4if9GExAzaxAiBhNyphoGRWTLhRO9otXNDdANW9dTzG\
        IhOC4BikckmIxw==
        """,
        "p384": """
        MGUCMQC8JE66N4M+YeFrahjpac6hmZOXDkr+gwE5F4JZ0taO/Wv7bVy2Vzq2yO6Z2pxC/ugCMFAB5xs0\
        gTWd1XElAjFPvluIplYtsYWU7o5XygHFt8PTI3KA1nIFxSJVtS4AxDfXPQ==
        """,
        "p384WithSHA256": """
        MGQCMDkqxRbFIixZO/iQNKIYohTcmd/e2AH7cbiRbPIMOYvIsZWQXupq8yCNaThHe4voMQIwFe8BqtYy\
        fN/whXThLIsEZdBqRjZm5o3uEGcJ+IXaCS7qnwuoTQy2lWrOD9NiZ5TV
        """,
        "p521": """
        MIGIAkIB7VN0eXCbGro04d6IYSmIHk7BHfGFGw1w/2JJAbOyCBKO6+lYvtLhzMLctm+/02H2KYmjTFSu\
        tFpXIOAM+wUFMjACQgGeyg2EaDf5yO3ecyou6a8a96kk3EIoVvpAIzsolWoOniugsJEm7zqsJB3cJYyM\
        FU24MydI7YrVRQUiFviuifmPaw==
        """,
        "rsaPKCS1": """
        g+ZcYq+cnZPmA4Wp3jzcX2P+D+Cyw3ferTh2p44Vd05GGgXDd9tBomrxaYMbYxgGgAxVal+9S5FgJv3y\
        GO9srMdngdfK8ViLL0A06hwxZSJcZ2m8ZX64aSRZ0eWJnoxTbMZjiqHAWgPWeIjHJDMawWh8JzTy0yIl\
        DT13Gm2N7UXvnncbi9A0RQinMBLh9MppsYGXvgF1LsPmNROmNLip2vfvCOEgP/vdtMuSNjT+Kp6Cig1Q\
        xjoVp9WFA7GVvUqtr9/79riaA/PY/cxDfEwbTFNKp8sE8KXwia8q6TCkljqwCzGGMB0KOAuL4n8dzoFW\
        iUX7mSfidvOuxhV4SewyFw==
        """,
        "rsaPKCS1WithSHA512": """
        kVhNopaNDxALLcmc33ncf/VKAhh0/Ce6cp0bfGxxN1hzaimzzArG9bzPtnooGoQ8xiPkvNLHTooViSXt\
        la/TKw9mS8TZZsEuahCzQr6duD07CFllT8zgcHDS5mC1eJYB8VrdLDjXY3P6krQuyszdANx4iRWfQQpo\
        SMkvjIs7QilN+ZWUAyyxVjG0mf4JmS880x2AjooJ7U28HypwstvnuPAyLycGjZ2/1a483WKbIET+gq5p\
        5HOI+s/i0AjrMd6u0EJ+VvQTwPeH8hT6T8aCfpnlo9k79KS4GizPldatsma9z9CqR9dF+gLIXAF+gZjK\
        ZjTXX0Orcr7npiariAVNvA==
        """,
        "rsaPSS": """
        gBgAMIuRRfi/jDO0pgEnxqK6PnDyFJypDN9JJcnfu4Ke23fD8MSxtO0VEg3FncF5nD1Tl1QwZlOZ6Ewa\
        r1kNdYCQPjMBM5p2pimju2YsCKtEMaWnMMa0D+n320jXOzZB/dJeHngRc1JLNKwcTPsLl6F83VIsWOHr\
        MkRjMk7HXD1+lUjUmFdx4JdYr+jyvNTeVibDjjE2OTvKL03ORfPOfpPmYefV1TfNUaI/PmybLS6H/AYZ\
        iZINBnMzWj4PidEUcRoFLGBO4Dw9kf95YyJUX94NYhD7UxNl9kXLcU4f941iDod4Ojnhv84zYb5LBy1J\
        ROuL28jyOE5VYKxu4+8+Aw==
        """,
        "rsaPSSWithLongestSalt": """
        PIt4jfiEoszVByvYV9cmsCmzEGixn29UXfIJbVgUqXlalLc2ngyupQhjllE1PyAsbvtIIwkqWd2WRfld\
        VusN6G1ELJMZjLJoL1s2CZJwWRyoI5UDIl4aqjRk6T8qDG6M6IQNDCuz8laEQ/7ccrMUtQdMDMOvhvga\
        mC0FjGPPzvvcokLV4RDH/j+MCxBV7HZXWCl167aChLCcPEGM6R6H3LHAKFV+CKC4NsONRWU0iIxGM0m7\
        JO3Txbny2+TxBzsC9sp2bR1U5T51bXRFUuhF9OgxeFbQLuVGEZWzNjqyj1i+T7LCryV6fRf00sK6IISI\
        QrZ9PB4qb1xGWdxNpxUWsg==
        """,
        "rsaPSSWithOtherMask": """
        ZvD2MKFJo5sv1Bu0g+ccRKM4MMc5M9qD43TKmioADWcZr6NEQHaMHdPVNyxvfCBQj110OVt/hPr2dhl3\
        JF8gzfmY/9ky2CL8IF9QnVCv5DW5gqXvTiVg6waqlygrAmdJTPdLH51qjUCwvJvB8Ls3K2p3w51XEBd5\
        /PNZH/mo+BCq4GeVXVrPCHBQfHpUbLcLTKYXZA3q1m2B2T5P1OTn+bW+P+psbHfSVsnoxQ3KTepC1ciA\
        E0gngiQ77QmZVVCtvF0iE5jL3gTDWj8rn2ELbaqSute1X5ys8KNAASU9gTIk/shDMKcKRuXepnVsjayQ\
        Z0vVRHwW/UGEr3Xy8Y+QoQ==
        """,
    ]
}
